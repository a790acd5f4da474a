package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.store.memory.MemoryRecordStore;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import dev.llmgateway.store.recording.RecordWriter;
import dev.llmgateway.store.recording.Recorder;
import dev.llmgateway.store.spool.Spool;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.RecordMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The records of calls: where they are kept, and what writes them there. */
final class Records implements AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final RecordStore store;
    private final @Nullable Retention retention;
    private final RecordWriter writer;
    private final LongSupplier forgotten;
    private final RecordSink sink;

    private Records(
            RecordStore store,
            @Nullable Retention retention,
            RecordWriter writer,
            LongSupplier forgotten,
            RecordSink more) {
        this.store = store;
        this.retention = retention;
        this.writer = writer;
        this.forgotten = forgotten;
        this.sink = RecordSink.all(List.of(writer, more));
    }

    /** Keeps the latest calls in memory; more is given the records, too. */
    static Records inMemory(RecordSink more) {
        RecordStore store = new MemoryRecordStore();
        return new Records(store, null, RecordWriter.start(store), () -> 0, more);
    }

    /**
     * Keeps calls in a database, which need not be there now, and stays the caller's to close.
     *
     * @param config tells for how long, and where records wait while the database is away
     * @param more is given the records, too
     */
    static Records in(Database database, StorageConfig.Database config, InstantSource clock, RecordSink more) {
        PostgresRecordStore store = new PostgresRecordStore(database, clock);
        Retention retention = Retention.start(database, config.retention(), clock);
        Spool spool = ConfiguredSpool.open(config.spool(), database.toString());
        RecordWriter writer = spool == null ? RecordWriter.start(store) : RecordWriter.start(store, spool);
        return new Records(store, retention, writer, store::forgotten, more);
    }

    /** Makes the records: a gateway's in whose pipeline it stands, and of other requests when it is told of them. */
    Recorder recorder(Prices prices, InstantSource clock, Ticker ticker) {
        return new Recorder(sink, prices, HttpFront::statusOf, clock, ticker);
    }

    /** Adds meters that show how the records are written. */
    void show(Meters meters) {
        RecordMetrics.show(meters, writer::waiting, writer::lost);
        RecordMetrics.showSpool(
                meters,
                new RecordMetrics.Spooling(
                        writer::spooled,
                        writer::spoolBytes,
                        writer::setAside,
                        () -> writer.oldest().toMillis() / MILLIS_PER_SECOND));
        RecordMetrics.showForgotten(meters, forgotten);
    }

    /** Forgets all calls, those that are not written yet too, and returns how many they were. */
    long clear() {
        return writer.clear();
    }

    RecordStore store() {
        return store;
    }

    @Override
    public void close() {
        if (retention != null) {
            retention.close();
        }
        writer.close();
        store.close();
    }
}
