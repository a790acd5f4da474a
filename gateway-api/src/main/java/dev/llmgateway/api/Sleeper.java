package dev.llmgateway.api;

import java.time.Duration;

/** Waits. Tests pass one that only takes notes, so that they do not. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits for the given time, which is never negative.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration pause) throws InterruptedException;
}
