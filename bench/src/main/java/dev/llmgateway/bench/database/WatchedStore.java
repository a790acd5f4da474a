package dev.llmgateway.bench.database;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.store.postgres.PostgresRecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that notes what each of its answers took. Not thread safe. */
final class WatchedStore implements RecordStore {

    private final PostgresRecordStore store;
    private final LongSupplier work;
    private final List<Step> steps = new ArrayList<>();

    /**
     * Watches a store.
     *
     * @param work how long the database has worked so far, in nanoseconds
     */
    WatchedStore(PostgresRecordStore store, LongSupplier work) {
        this.store = store;
        this.work = work;
    }

    /**
     * One answer of the store.
     *
     * @param nanos what the database worked for it
     * @param rows how many it has
     * @param plan tells how the database found it
     */
    record Step(long nanos, int rows, Supplier<String> plan) {}

    /** The answers since this was asked last. */
    List<Step> takeSteps() {
        List<Step> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    private <T> List<T> note(Supplier<List<T>> answer, Supplier<String> plan) {
        long before = work.getAsLong();
        List<T> rows = answer.get();
        steps.add(new Step(work.getAsLong() - before, rows.size(), plan));
        return rows;
    }

    @Override
    public <T> T read(Function<? super RecordReading, T> asking) {
        return store.read(records -> asking.apply(new Watched(records)));
    }

    private final class Watched implements RecordReading {

        private final RecordReading records;

        private Watched(RecordReading records) {
            this.records = records;
        }

        @Override
        public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
            return note(() -> records.list(query, after, limit), () -> store.explain(query, after, limit));
        }

        @Override
        public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
            return note(() -> records.sums(query, wanted), () -> store.explain(query, wanted));
        }
    }

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return read(records -> records.list(query, after, limit));
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        return read(records -> records.sums(query, wanted));
    }

    @Override
    public void append(List<? extends RecordEntry> entries) {
        store.append(entries);
    }

    @Override
    public Optional<StoredCall> find(String requestId) {
        return store.find(requestId);
    }

    @Override
    public long clear() {
        return store.clear();
    }

    @Override
    public boolean isPersistent() {
        return store.isPersistent();
    }

    @Override
    public void close() {
        store.close();
    }
}
