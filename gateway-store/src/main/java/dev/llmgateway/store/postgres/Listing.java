package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
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
        Reach reach = Reach.of(handle, query, after, limit);
        if (reach.calls() == 0 && after == null) {
            return List.of();
        }
        Conditions conditions = conditions(query, after, reach);
        handle.execute(reach.plan());
        List<CallRecord> found = conditions
                .bind(handle.createQuery(SQL.formatted(conditions.sql())))
                .bind("most", limit)
                .map((row, context) -> RecordRows.read(row))
                .list();
        handle.execute(Reach.USUAL_PLAN);
        return found;
    }

    private static Conditions conditions(RecordQuery query, @Nullable RecordCursor after, Reach reach) {
        return Conditions.of(query.between(reach.from(), query.to())).behind(after);
    }

    /** How the database finds them. */
    static String explain(Handle handle, RecordQuery query, @Nullable RecordCursor after, int limit) {
        Reach reach = Reach.of(handle, query, after, limit);
        Conditions conditions = conditions(query, after, reach);
        handle.execute(reach.plan());
        return Explaining.explain(handle, SQL.formatted(conditions.sql()), conditions, limit);
    }
}
