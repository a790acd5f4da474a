package dev.llmgateway.store.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Empties the tables of calls. */
final class Clearing {

    static final String REASON = "cleared";

    private static final String COUNT =
            "select coalesce(sum(requests), 0) from (select requests from record_sums where cube = "
                    + Cube.TOTAL.number() + " and span = " + Span.DAY.seconds()
                    + " union all select requests from record_deltas where seq > :after) as sums";

    private static final String NOW = "select clock_timestamp()";

    private Clearing() {}

    /** Removes all entries, leaves one that says so and when, and returns how many calls they were. */
    static long clear(Handle handle, InstantSource clock) throws SQLException {
        long summedUp = Rollups.lock(handle);
        ChainLink head = ChainHead.lock(handle.getConnection());
        long calls = handle.createQuery(COUNT)
                .bind("after", summedUp)
                .mapTo(Long.class)
                .one();
        handle.execute("truncate proxy_records, routing_traces, proxy_bodies, late_charges, original_spends,"
                + " record_sums, chain_removals");
        Rollups.moveTo(handle, head.seq());
        Removal.append(handle, head, now(handle, clock), new Removal.Removed(REASON, calls, head.seq(), head.hash()));
        return calls;
    }

    /** The earlier of both clocks: by one that is ahead, calls that are still to come would be forgotten, too. */
    private static Instant now(Handle handle, InstantSource clock) {
        Instant ours = clock.instant();
        Instant theirs = handle.createQuery(NOW).mapTo(Instant.class).one();
        return theirs.isBefore(ours) ? theirs : ours;
    }
}
