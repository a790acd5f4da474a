package dev.llmgateway.store.postgres;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Asks the database how it does something, and how long each step takes. */
final class Explaining {

    private Explaining() {}

    /** The plan of a statement, which is carried out for it; the limit is that of statements that have one. */
    static String explain(Handle handle, String sql, Conditions conditions, int limit) {
        Query query =
                conditions.bind(handle.createQuery("explain (analyze, costs off, timing off, summary on) " + sql));
        if (sql.contains(":most")) {
            query.bind("most", limit);
        }
        return String.join("\n", query.mapTo(String.class).list());
    }
}
