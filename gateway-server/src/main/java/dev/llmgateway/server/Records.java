package dev.llmgateway.server;

import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
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

    /** Makes the records; the gateway's calls are recorded by themselves, other requests when it is told of them. */
    Recorder of(Gateway.Builder gateway, Prices prices, InstantSource clock, Ticker ticker) {
        Recorder recorder = new Recorder(sink, prices, HttpFront::statusOf, clock, ticker);
        gateway.stage(Stage.AUDIT, recorder);
        return recorder;
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
