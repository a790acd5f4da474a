package dev.llmgateway.server;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.server.http.HttpFront;
import dev.llmgateway.store.memory.MemoryRecordStore;
import dev.llmgateway.store.recording.RecordWriter;
import dev.llmgateway.store.recording.Recorder;
import java.time.InstantSource;
import java.util.List;

/** The records of calls: where they are kept, and what writes them there. */
final class Records implements AutoCloseable {

    private final RecordStore store;
    private final RecordWriter writer;
    private final RecordSink sink;

    private Records(RecordStore store, RecordSink more) {
        this.store = store;
        this.writer = RecordWriter.start(store);
        this.sink = RecordSink.all(List.of(writer, more));
    }

    /**
     * Keeps the latest calls in memory.
     *
     * @param more is given the records, too
     */
    static Records inMemory(RecordSink more) {
        return new Records(new MemoryRecordStore(), more);
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
        writer.close();
        store.close();
    }
}
