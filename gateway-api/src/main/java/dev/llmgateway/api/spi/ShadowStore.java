package dev.llmgateway.api.spi;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what came of copied calls. Thread safe. Calls of these methods may take long: none is made on the path of a request. All of
 * them throw a {@link RuntimeException} when the store cannot be reached.
 */
public interface ShadowStore extends AutoCloseable {

    /** Keeps these: all, or none when it throws. One that is there already, by its request's id, is left as it is. */
    void append(List<ShadowResult> results);

    /**
     * Lists results, newest first; of those of the same moment, that with the greater id counts as newer.
     *
     * @param after where to go on; null for the begin
     * @param limit the most to return, 1 or more
     */
    List<ShadowResult> list(ShadowQuery query, @Nullable RecordCursor after, int limit);

    /** Compares the models of each pair; the pair with the most samples first. */
    List<ShadowSummary> summaries(ShadowQuery query);

    /** Forgets all results, and returns how many they were. */
    long clear();

    /** Whether results are still there after a restart. */
    boolean isPersistent();

    @Override
    void close();
}
