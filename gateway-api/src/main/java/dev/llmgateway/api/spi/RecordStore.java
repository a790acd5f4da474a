package dev.llmgateway.api.spi;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is remembered of calls. Thread safe. Calls of these methods may take long: none is made on the path of a request.
 *
 * <p>What was appended can be read when the method has returned. What is read is one state: a call is in all answers or in none.
 */
public interface RecordStore extends AutoCloseable {

    /** The most rows that {@link #sums} returns. */
    int MOST_ROWS = 10_000;

    /**
     * Keeps these, in their order. An entry that is there already, by its call's id and, of a late charge, its number, is left
     * as it is, so that whoever is not sure may append again. A late charge of a call that is not kept changes nothing.
     *
     * @throws RefusedRecordException when one of them can never be kept; then none was, or some, and the others may be appended
     *     again without it
     * @throws RuntimeException of any other kind when they cannot be kept now; then none was, or some, and all may be appended
     *     again
     */
    void append(List<? extends RecordEntry> entries);

    /** The call of this id; empty when it is not kept. */
    Optional<StoredCall> find(String requestId);

    /**
     * Lists calls, newest first.
     *
     * @param after where to go on; null for the begin
     * @param limit the most to return, 1 or more
     */
    List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit);

    /**
     * Sums calls up. Where periods are wanted, calls outside of all of them are left out. Sums without a call are left out; of
     * more than {@link #MOST_ROWS}, those with the most requests are returned. Ordered by period, then the most requests first.
     */
    List<SumRow> sums(RecordQuery query, RecordSums wanted);

    /** Forgets all calls, and returns how many they were. */
    long clear();

    /** Whether calls are still there after a restart. */
    boolean isPersistent();

    @Override
    void close();
}
