package dev.llmgateway.store.recording;

import java.time.Duration;

/** Keeps what happens again and again from being said more than once a minute. Not thread safe. */
final class Seldom {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private boolean hasSpoken;
    private long last;

    /** Whether it may be said now; then not again for a minute. */
    boolean isDue(long now) {
        if (hasSpoken && now - last < PAUSE.toNanos()) {
            return false;
        }
        hasSpoken = true;
        last = now;
        return true;
    }
}
