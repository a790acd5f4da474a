package dev.llmgateway.resilience.words;

import java.time.Duration;

/** Durations for people. */
public final class Durations {

    private Durations() {}

    /** {@code 60 s}, or {@code 1500 ms} when it is not whole seconds. */
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
