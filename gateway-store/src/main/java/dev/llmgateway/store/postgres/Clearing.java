package dev.llmgateway.store.postgres;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Empties the tables of calls. */
final class Clearing {

    private Clearing() {}

    /** Removes all entries, and returns how many calls they were. */
    static long clear(Handle handle) throws SQLException {
        ChainHead.lock(handle.getConnection());
        long calls = handle.createQuery("select count(*) from proxy_records")
                .mapTo(Long.class)
                .one();
        handle.execute("truncate proxy_records, routing_traces, proxy_bodies, late_charges, original_spends");
        return calls;
    }
}
