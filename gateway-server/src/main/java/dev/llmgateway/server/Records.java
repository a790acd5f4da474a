package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.store.memory.MemoryRecordStore;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import dev.llmgateway.store.recording.RecordWriter;
import dev.llmgateway.store.recording.Recorder;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of calls: where they are kept, and what writes them there. */
final class Records implements AutoCloseable {

    private final RecordStore store;
    private final @Nullable Retention retention;
    private final RecordWriter writer;
    private final RecordSink sink;

    private Records(RecordStore store, @Nullable Retention retention, RecordSink more) {
        this.store = store;
        this.retention = retention;
        this.writer = RecordWriter.start(store);
        this.sink = RecordSink.all(List.of(writer, more));
    }

    /** Keeps the latest calls in memory; more is given the records, too. */
    static Records inMemory(RecordSink more) {
        return new Records(new MemoryRecordStore(), null, more);
    }

    /**
     * Keeps calls in a database, which need not be there now, and stays the caller's to close.
     *
     * @param keep for how long; null for ever
     * @param more is given the records, too
     */
    static Records in(Database database, @Nullable Period keep, InstantSource clock, RecordSink more) {
        PostgresRecordStore store = new PostgresRecordStore(database);
        return new Records(store, keep == null ? null : Retention.start(store::prune, keep, clock), more);
    }

    /** Makes the records: a gateway's in whose pipeline it stands, and of other requests when it is told of them. */
    Recorder recorder(Prices prices, InstantSource clock, Ticker ticker) {
        return new Recorder(sink, prices, HttpFront::statusOf, clock, ticker);
    }

    RecordStore store() {
        return store;
    }

    RecordWriter writer() {
        return writer;
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
