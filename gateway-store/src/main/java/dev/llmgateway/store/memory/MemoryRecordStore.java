package dev.llmgateway.store.memory;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest calls in memory, {@value #USUAL_CALLS} unless told otherwise, in the order in which they ended. Traces and
 * bodies are kept of as many of them as there is room for.
 *
 * <pre>{@code
 * RecordStore store = new MemoryRecordStore();
 * List<CallRecord> latest = store.list(RecordQuery.ALL, null, 20);
 * }</pre>
 */
public final class MemoryRecordStore implements RecordStore {

    /** How many calls are kept unless told otherwise. */
    public static final int USUAL_CALLS = 10_000;

    /**
     * Of all memory, traces and bodies take this part at most unless told otherwise. All that is younger than the garbage
     * collector's last round is copied by its next, which is the larger part of what the store costs.
     */
    private static final int USUAL_PART_OF_MEMORY = 128;

    private final int mostCalls;
    private final long mostDetailBytes;

    /* All guarded by this. */
    private final Deque<KeptCall> calls = new ArrayDeque<>();
    private final Deque<KeptCall> withDetails = new ArrayDeque<>();
    private final Map<String, KeptCall> byId = new HashMap<>();
    private long detailBytes;

    /** A store of the usual size. */
    public MemoryRecordStore() {
        this(USUAL_CALLS, Runtime.getRuntime().maxMemory() / USUAL_PART_OF_MEMORY);
    }

    /**
     * A store.
     *
     * @param mostCalls how many calls are kept, 1 or more
     * @param mostDetailBytes about how much memory their traces and bodies may take; those of the oldest go first
     * @throws IllegalArgumentException when no call would be kept
     */
    public MemoryRecordStore(int mostCalls, long mostDetailBytes) {
        if (mostCalls < 1) {
            throw new IllegalArgumentException("mostCalls is " + mostCalls + ": it must be 1 or more");
        }
        this.mostCalls = mostCalls;
        this.mostDetailBytes = mostDetailBytes;
    }

    @Override
    public synchronized void append(List<? extends RecordEntry> entries) {
        for (RecordEntry entry : entries) {
            KeptCall known = byId.get(entry.requestId());
            switch (entry) {
                case FinishedCall call -> {
                    if (known == null) {
                        keep(new KeptCall(call));
                    }
                }
                case LateCharge charge -> {
                    if (known != null) {
                        known.add(charge);
                    }
                }
            }
        }
    }

    private void keep(KeptCall call) {
        calls.addLast(call);
        byId.put(call.record().requestId(), call);
        withDetails.addLast(call);
        detailBytes += call.detailBytes();
        while (calls.size() > mostCalls) {
            KeptCall oldest = calls.removeFirst();
            byId.remove(oldest.record().requestId());
            if (oldest == withDetails.peekFirst()) {
                forgetOldestDetails();
            }
        }
        while (detailBytes > mostDetailBytes) {
            forgetOldestDetails();
        }
    }

    private void forgetOldestDetails() {
        KeptCall oldest = withDetails.removeFirst();
        detailBytes -= oldest.detailBytes();
        oldest.forgetDetails();
    }

    @Override
    public Optional<StoredCall> find(String requestId) {
        return reading(requestId).map(KeptCall.Reading::toStored);
    }

    private synchronized Optional<KeptCall.Reading> reading(String requestId) {
        return Optional.ofNullable(byId.get(requestId)).map(KeptCall::reading);
    }

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return now().list(query, after, limit);
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        return now().sums(query, wanted);
    }

    @Override
    public <T> T read(Function<? super RecordReading, T> work) {
        return work.apply(now());
    }

    private synchronized RecordReading now() {
        return new MemoryReading(calls.stream().map(KeptCall::record).toList());
    }

    @Override
    public synchronized long clear() {
        long were = calls.size();
        calls.clear();
        withDetails.clear();
        byId.clear();
        detailBytes = 0;
        return were;
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    /** Nothing is held that must be given back. */
    @Override
    public void close() {}
}
