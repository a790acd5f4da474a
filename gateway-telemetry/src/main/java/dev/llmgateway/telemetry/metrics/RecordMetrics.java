package dev.llmgateway.telemetry.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Shows how the records of calls are written. */
public final class RecordMetrics {

    private RecordMetrics() {}

    /**
     * Adds the meters.
     *
     * @param waiting how many records wait to be written
     * @param lost how many were lost
     */
    public static void show(Meters meters, IntSupplier waiting, LongSupplier lost) {
        Gauge.builder("gateway.records.waiting", waiting, IntSupplier::getAsInt)
                .description("Records of calls that wait to be written")
                .strongReference(true)
                .register(meters.registry());
        FunctionCounter.builder("gateway.records.lost", meters, held -> lost.getAsLong())
                .description("Records of calls that were lost since nobody could write them")
                .register(meters.registry());
    }

    /**
     * Adds the meter of a request log.
     *
     * @param dropped how many lines were dropped
     */
    public static void showLog(Meters meters, LongSupplier dropped) {
        FunctionCounter.builder("gateway.request.log.dropped", meters, held -> dropped.getAsLong())
                .description("Lines of the request log that were dropped since their reader was too slow")
                .register(meters.registry());
    }
}
