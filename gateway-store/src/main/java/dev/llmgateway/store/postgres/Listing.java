package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.StoredCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads single calls. */
final class Listing {

    private static final String FIND = "select r.*, t.trace, b.request_id as said, b.request, b.answer"
            + " from proxy_records r left join routing_traces t using (request_id)"
            + " left join proxy_bodies b using (request_id) where request_id = :id";

    private static final String SQL = "select " + Column.names(RecordRows.COLUMNS)
            + " from proxy_records where %s order by at desc, request_id desc limit :most";

    /** So many calls can be read and sorted quickly. */
    private static final long FEW = 20_000;

    private Listing() {}

    static Optional<StoredCall> find(Handle handle, String requestId) {
        return handle.createQuery(FIND)
                .bind("id", CleanText.of(requestId))
                .map((row, context) -> stored(row))
                .findFirst();
    }

    private static StoredCall stored(ResultSet row) throws SQLException {
        boolean hasBodies = row.getString("said") != null;
        return new StoredCall(
                RecordRows.read(row),
                row.getString("trace"),
                hasBodies ? new Bodies(row.getString("request"), row.getString("answer")) : null);
    }

    static List<CallRecord> list(Handle handle, RecordQuery query, @Nullable RecordCursor after, int limit) {
        Way way = way(handle, query);
        if (way == Way.NONE) {
            return List.of();
        }
        Conditions conditions = Conditions.of(query).behind(after);
        handle.execute(way.plan);
        List<CallRecord> found = conditions
                .bind(handle.createQuery(SQL.formatted(conditions.sql())))
                .bind("most", limit)
                .map((row, context) -> RecordRows.read(row))
                .list();
        handle.execute(Way.NEWEST_FIRST.plan);
        return found;
    }

    /** How the database finds them. */
    static String explain(Handle handle, RecordQuery query, @Nullable RecordCursor after, int limit) {
        Conditions conditions = Conditions.of(query).behind(after);
        handle.execute(way(handle, query).plan);
        return Explaining.explain(handle, SQL.formatted(conditions.sql()), conditions, limit);
    }

    /** How calls are looked for. */
    private enum Way {
        /** There are none. */
        NONE("select 1"),
        /** From the newest on: good where many are meant. */
        NEWEST_FIRST("set local enable_indexscan to default; set local enable_seqscan to default"),
        /** By several indexes at once: good where values are frequent that seldom go together. */
        TOGETHER("set local enable_indexscan to off; set local enable_seqscan to off");

        private final String plan;

        Way(String plan) {
            this.plan = plan;
        }
    }

    /** How often several values go together is not known to the planner, but to the kept sums. */
    private static Way way(Handle handle, RecordQuery query) {
        if (query.values().size() < 2) {
            return Way.NEWEST_FIRST;
        }
        long meant = Summing.sums(handle, query, RecordSums.TOTAL.withoutLatencies()).stream()
                .mapToLong(row -> row.figures().requests())
                .sum();
        return meant == 0 ? Way.NONE : meant < FEW ? Way.TOGETHER : Way.NEWEST_FIRST;
    }
}
