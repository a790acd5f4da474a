package dev.llmgateway.providers.simulated;

import java.time.Duration;

/** Waits between the bytes of a paced answer. Tests pass one that only takes notes, so that they do not wait. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits for the given time, which is never negative.
     *
     * @throws InterruptedException when the server is closed meanwhile
     */
    void sleep(Duration pause) throws InterruptedException;
}
