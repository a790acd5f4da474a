package dev.llmgateway.server.analytics;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.spi.RecordStore;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a list of calls, newest first, read page by page. Calls that begin in the meantime are newer and not in it. */
final class RecordTable implements Iterator<byte[]> {

    /** The members of {@link RecordJson}. */
    static final List<String> COLUMNS = List.of(
            "ts",
            "request_id",
            "tenant",
            "source",
            "project",
            "dialect",
            "profile",
            "classification",
            "requested_model",
            "provider",
            "model",
            "status",
            "error_type",
            "attempts",
            "failovers",
            "attempt_error",
            "failed_provider",
            "failed_model",
            "hedged",
            "cache",
            "replayed",
            "stream",
            "ttft_ms",
            "latency_ms",
            "gateway_ms",
            "input_tokens",
            "output_tokens",
            "cached_tokens",
            "cache_write_tokens",
            "reasoning_tokens",
            "cost_usd",
            "usage_estimated",
            "findings");

    private static final int PAGE = 500;

    private final RecordStore store;
    private final RecordQuery query;

    private List<CallRecord> page;
    private int next;
    private long left;

    /**
     * Rows; the first page is read at once.
     *
     * @param after where they begin; null for the newest call
     * @param most how many there are, at most
     */
    RecordTable(RecordStore store, RecordQuery query, @Nullable RecordCursor after, long most) {
        this.store = store;
        this.query = query;
        this.left = most;
        this.page = store.list(query, after, (int) Math.min(PAGE, most));
    }

    @Override
    public boolean hasNext() {
        if (left > 0 && next == page.size() && next == PAGE) {
            page = store.list(query, RecordCursor.after(page.getLast()), (int) Math.min(PAGE, left));
            next = 0;
        }
        return left > 0 && next < page.size();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CallRecord call = page.get(next);
        next++;
        left--;
        return RecordJson.toBytes(call);
    }
}
