package dev.llmgateway.store.recording;

import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordSink;
import dev.llmgateway.api.spi.RecordStore;

/**
 * Gives records to a store, on a thread of its own. At most {@value #MOST_WAITING} entries wait; what does not fit, or what the
 * store refuses, is lost, and counted. Thread safe.
 */
public final class RecordWriter implements RecordSink, AutoCloseable {

    private static final int MOST_WAITING = 10_000;

    private final Batches<RecordEntry> batches;

    private RecordWriter(RecordStore store) {
        batches = Batches.start("llm-gateway-records", MOST_WAITING, store::append);
    }

    /** Starts to write into a store, which stays the caller's to close. */
    public static RecordWriter start(RecordStore store) {
        return new RecordWriter(store);
    }

    @Override
    public void accept(RecordEntry entry) {
        batches.give(entry);
    }

    /** How many entries wait to be written. */
    public int waiting() {
        return batches.waiting();
    }

    /** How many entries were lost. */
    public long lost() {
        return batches.dropped();
    }

    /** Writes what was accepted before, for some seconds at most. */
    @Override
    public void close() {
        batches.close();
    }
}
