package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is written.
 *
 * @param ended when its answer had ended, or it had failed
 * @param values of the {@link RecordRows#COLUMNS}
 */
record CallRow(
        String requestId,
        Instant ended,
        List<@Nullable Object> values,
        String trace,
        @Nullable String request,
        @Nullable String answer,
        byte[] detailsHash) {

    /** Writes the details: on the thread that appends. */
    static CallRow of(FinishedCall call) {
        List<@Nullable Object> values = new ArrayList<>(RecordRows.COLUMNS.size());
        for (Column<CallRecord> column : RecordRows.COLUMNS) {
            values.add(column.value().apply(call.record()));
        }
        Bodies bodies = call.details().bodies();
        String trace = CleanText.of(call.details().trace());
        String request = bodies == null ? null : CleanText.orNull(bodies.request());
        String answer = bodies == null ? null : CleanText.orNull(bodies.answer());
        return new CallRow(
                CleanText.of(call.requestId()),
                call.record().at().plus(call.record().times().latency()),
                values,
                trace,
                request,
                answer,
                ChainLink.ofDetails(trace, request, answer));
    }

    boolean hasBodies() {
        return request != null || answer != null;
    }

    /** A call with the time at which it is recorded and its place in the chain. */
    record Chained(CallRow call, Instant recordedAt, ChainLink link) {

        /** A call behind an entry. */
        static Chained behind(ChainLink head, CallRow call, Instant recordedAt) {
            byte[] hash = ChainLink.ofCall(head.hash(), call.values, recordedAt, call.detailsHash);
            return new Chained(call, recordedAt, head.next(hash));
        }

        static final Insert<Chained> INSERT = Insert.into("proxy_records", columns());

        private static List<Column<Chained>> columns() {
            List<Column<Chained>> columns = new ArrayList<>();
            for (int i = 0; i < RecordRows.COLUMNS.size(); i++) {
                int place = i;
                Column<CallRecord> column = RecordRows.COLUMNS.get(i);
                columns.add(new Column<>(
                        column.name(), column.type(), row -> row.call.values().get(place)));
            }
            columns.add(Column.moment(ChainRows.RECORDED_AT, Chained::recordedAt));
            columns.add(Column.whole("seq", row -> row.link.seq()));
            columns.add(Column.bytes("details_hash", row -> row.call.detailsHash));
            columns.add(Column.bytes("previous_hash", row -> row.link.previous()));
            columns.add(Column.bytes("chain_hash", row -> row.link.hash()));
            return columns;
        }
    }

    static final Insert<CallRow> INSERT_TRACE = Insert.into(
            "routing_traces",
            List.of(Column.text("request_id", CallRow::requestId), Column.text("trace", CallRow::trace)));

    static final Insert<CallRow> INSERT_BODIES = Insert.into(
            "proxy_bodies",
            List.of(
                    Column.text("request_id", CallRow::requestId),
                    Column.text("request", CallRow::request),
                    Column.text("answer", CallRow::answer)));
}
