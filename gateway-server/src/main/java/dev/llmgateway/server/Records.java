package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.server.config.Secret;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.store.memory.MemoryRecordStore;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import dev.llmgateway.store.recording.RecordWriter;
import dev.llmgateway.store.recording.Recorder;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of calls: where they are kept, and what writes them there. */
final class Records implements AutoCloseable {

    private final @Nullable Database database;
    private final RecordStore store;
    private final RecordWriter writer;
    private final RecordSink sink;

    private Records(@Nullable Database database, RecordStore store, RecordSink more) {
        this.database = database;
        this.store = store;
        this.writer = RecordWriter.start(store);
        this.sink = RecordSink.all(List.of(writer, more));
    }

    /**
     * Keeps calls in the database of a configuration, which need not be there; the latest in memory when it names none.
     *
     * @param more is given the records, too
     */
    static Records of(StorageConfig.Database config, RecordSink more) {
        Secret url = config.url();
        if (url == null) {
            return new Records(null, new MemoryRecordStore(), more);
        }
        Database database = Database.open(DatabaseSettings.of(url.reveal(), config.maxConnections()));
        DatabaseCheck.start(database);
        return new Records(database, new PostgresRecordStore(database), more);
    }

    /** Makes the records: a gateway's in whose pipeline it stands, and of other requests when it is told of them. */
    Recorder recorder(Prices prices, InstantSource clock, Ticker ticker) {
        return new Recorder(sink, prices, HttpFront::statusOf, clock, ticker);
    }

    RecordStore store() {
        return store;
    }

    /** Where calls are kept; null when that is this process's memory. */
    @Nullable
    Database database() {
        return database;
    }

    RecordWriter writer() {
        return writer;
    }

    @Override
    public void close() {
        writer.close();
        store.close();
        if (database != null) {
            database.close();
        }
    }
}
