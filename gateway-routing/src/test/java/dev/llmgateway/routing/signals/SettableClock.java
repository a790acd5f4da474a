package dev.llmgateway.routing.signals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
final class SettableClock implements InstantSource {

    private Instant now = Instant.parse("2026-03-14T15:30:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }
}
