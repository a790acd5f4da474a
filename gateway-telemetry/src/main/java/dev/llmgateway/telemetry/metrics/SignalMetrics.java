package dev.llmgateway.telemetry.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Shows how reports about the quality of answers are stored. */
public final class SignalMetrics {

    private SignalMetrics() {}

    /**
     * Adds the meters.
     *
     * @param waiting how many reports wait to be stored
     * @param lost how many were lost
     */
    public static void show(Meters meters, IntSupplier waiting, LongSupplier lost) {
        Gauge.builder("gateway.signals.waiting", waiting, IntSupplier::getAsInt)
                .description("Reports about quality that wait to be stored")
                .strongReference(true)
                .register(meters.registry());
        FunctionCounter.builder("gateway.signals.lost", meters, held -> lost.getAsLong())
                .description("Reports about quality that could not be stored")
                .register(meters.registry());
    }
}
