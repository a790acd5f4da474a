package dev.llmgateway.api.spi;

import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.StoredCall;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps what is remembered of calls. Thread safe. Calls of these methods may take long: none is made on the path of a request.
 *
 * <p>What was appended can be read when the method has returned. What one method reads is one state.
 */
public interface RecordStore extends RecordReading, AutoCloseable {

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
     * Answers several questions from one state: a call is in all of their answers or in none, while others are recorded.
     *
     * @param work asks; it is given nothing that holds after its end, and should not take long
     */
    <T> T read(Function<? super RecordReading, T> work);

    /** Forgets all calls, and returns how many they were. */
    long clear();

    /** Whether calls are still there after a restart. */
    boolean isPersistent();

    @Override
    void close();
}
