package dev.llmgateway.server;

import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.server.config.GatewayConfig;
import dev.llmgateway.server.http.HttpSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The JVM's ticks, and leaps on request: so that one test leaves no open circuit and no cool-down to the next. */
public final class LeapingTicker implements Ticker {

    private final AtomicLong leapt = new AtomicLong();

    @Override
    public long read() {
        return System.nanoTime() + leapt.get();
    }

    /** A gateway by these ticks. */
    public GatewayServer gateway(GatewayConfig config, GatewayListener listener) {
        return GatewayServer.start(config, HttpSettings.DEFAULT, InstantSource.system(), this, listener);
    }

    /** Passes two hours, longer than anything is left alone; not while calls run, which would be out of time. */
    public void leap() {
        leapt.addAndGet(Duration.ofHours(2).toNanos());
    }
}
