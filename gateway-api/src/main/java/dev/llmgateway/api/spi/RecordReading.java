package dev.llmgateway.api.spi;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked about the calls that a {@link RecordStore} keeps. */
public interface RecordReading {

    /** The most rows that {@link #sums} returns. */
    int MOST_ROWS = 10_000;

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
}
