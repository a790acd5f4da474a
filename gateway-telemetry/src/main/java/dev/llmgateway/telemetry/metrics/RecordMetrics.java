package dev.llmgateway.telemetry.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.DoubleSupplier;
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
     * How the way of records into a store goes; asked whenever somebody looks.
     *
     * @param spooled how many records wait on disk
     * @param spoolBytes how many bytes they take there
     * @param setAside how many records the store can never take
     * @param oldest for how many seconds the first that is not stored has waited
     */
    public record Spooling(
            IntSupplier spooled, LongSupplier spoolBytes, LongSupplier setAside, DoubleSupplier oldest) {}

    /** Adds the meters of records that wait on disk while their store is away. */
    public static void showSpool(Meters meters, Spooling spooling) {
        gauge(
                meters,
                "gateway.records.spooled",
                "Records of calls that wait on disk to be written",
                () -> spooling.spooled.getAsInt());
        gauge(
                meters,
                "gateway.records.spool.bytes",
                "Size of the files in which records of calls wait",
                () -> spooling.spoolBytes.getAsLong());
        gauge(
                meters,
                "gateway.records.oldest.seconds",
                "For how long the first record of a call that is not written has waited",
                spooling.oldest);
        FunctionCounter.builder("gateway.records.rejected", meters, held -> spooling.setAside.getAsLong())
                .description("Records of calls that the database can never take, and that were set aside")
                .register(meters.registry());
    }

    /**
     * Adds the meter of records that came after all calls had been forgotten.
     *
     * @param forgotten how many were not taken for that
     */
    public static void showForgotten(Meters meters, LongSupplier forgotten) {
        FunctionCounter.builder("gateway.records.forgotten", meters, held -> forgotten.getAsLong())
                .description("Records of calls that ended before all calls were forgotten")
                .register(meters.registry());
    }

    private static void gauge(Meters meters, String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .strongReference(true)
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
