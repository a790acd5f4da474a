package dev.llmgateway.store.recording;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps entries, each once, in the order in which they came first; before that, a test may make something happen. */
final class FakeStore implements RecordStore {

    private final Map<String, RecordEntry> kept = new LinkedHashMap<>();
    private volatile Consumer<List<? extends RecordEntry>> before = entries -> {};

    /** Lets this happen to whoever appends, a failure say. */
    void before(Consumer<List<? extends RecordEntry>> happening) {
        before = happening;
    }

    @Override
    public void append(List<? extends RecordEntry> entries) {
        before.accept(entries);
        keep(entries);
    }

    synchronized void keep(List<? extends RecordEntry> entries) {
        entries.forEach(entry -> kept.putIfAbsent(entry.requestId(), entry));
        notifyAll();
    }

    synchronized List<String> ids() {
        return new ArrayList<>(kept.keySet());
    }

    /** Waits until there are so many; tests have a time limit. */
    synchronized void await(int count) throws InterruptedException {
        while (kept.size() < count) {
            wait();
        }
    }

    @Override
    public Optional<StoredCall> find(String requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T read(Function<? super RecordReading, T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized long clear() {
        long count = kept.size();
        kept.clear();
        return count;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void close() {}
}
