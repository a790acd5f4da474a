package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The JVM's ticks, and leaps on request: so that one test leaves no open circuit and no cool-down to the next. */
final class LeapingTicker implements Ticker {

    private final AtomicLong leapt = new AtomicLong();

    @Override
    public long read() {
        return System.nanoTime() + leapt.get();
    }

    /** Passes two hours, longer than anything is left alone; not while calls run, which would be out of time. */
    void leap() {
        leapt.addAndGet(Duration.ofHours(2).toNanos());
    }
}
