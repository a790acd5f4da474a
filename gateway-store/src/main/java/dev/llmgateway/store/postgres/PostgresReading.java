package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Asks within one transaction, so that all answers are of one state. */
record PostgresReading(Handle handle) implements RecordReading {

    @Override
    public List<CallRecord> list(RecordQuery query, @Nullable RecordCursor after, int limit) {
        return Listing.list(handle, query, after, limit);
    }

    @Override
    public List<SumRow> sums(RecordQuery query, RecordSums wanted) {
        return Summing.sums(handle, query, wanted);
    }
}
