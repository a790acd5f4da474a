package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.shadow.ShadowTraffic;
import io.micrometer.core.instrument.FunctionCounter;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** Shows what became of the calls that were chosen to be copied to a candidate model. */
public final class ShadowMetrics {

    private ShadowMetrics() {}

    /**
     * Adds the meters.
     *
     * @param lost how many results could not be stored
     */
    public static void show(Meters meters, ShadowTraffic traffic, LongSupplier lost) {
        copies(meters, traffic, "compared", ShadowTraffic::compared);
        copies(meters, traffic, "failed", ShadowTraffic::failed);
        copies(meters, traffic, "skipped", ShadowTraffic::skipped);
        copies(meters, traffic, "dropped", ShadowTraffic::dropped);
        FunctionCounter.builder("gateway.shadow.cost.dollars", traffic, ShadowTraffic::costUsd)
                .description("What the candidate model of shadow traffic took")
                .register(meters.registry());
        FunctionCounter.builder("gateway.shadow.results.lost", traffic, held -> lost.getAsLong())
                .description("Results of shadow traffic that could not be stored")
                .register(meters.registry());
    }

    private static void copies(
            Meters meters, ShadowTraffic traffic, String outcome, ToDoubleFunction<ShadowTraffic> count) {
        FunctionCounter.builder("gateway.shadow.copies", traffic, count)
                .tag("outcome", outcome)
                .description("Calls that were chosen to be copied to a candidate model, by what became of the copy")
                .register(meters.registry());
    }
}
