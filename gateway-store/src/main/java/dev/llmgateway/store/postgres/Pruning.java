package dev.llmgateway.store.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Removes the oldest entries: those from the begin of the chain that were recorded before some moment, so that what is left is a
 * chain still. Each batch takes its calls out of the kept sums and leaves an entry that says where the chain begins now. What is not as
 * it was written is evidence, and stays.
 */
final class Pruning {

    /** So that of several gateways one prunes at a time; any number that nobody else uses. */
    private static final long LOCK = 0x6c6c6d2d67617465L;

    private static final String OLDEST = "select seq, recorded_at from ("
            + "(select seq, recorded_at from proxy_records order by seq limit :most) union all "
            + "(select seq, recorded_at from late_charges order by seq limit :most) union all "
            + "(select seq, at from chain_removals order by seq limit :most)) as entries"
            + " order by seq limit :most";

    private static final String LAST_OLD = "with oldest as (" + OLDEST + ") select seq from oldest"
            + " where seq < coalesce((select min(seq) from oldest where recorded_at >= :before), 9223372036854775807)"
            + " order by seq desc limit 1";

    private Pruning() {}

    /**
     * Removes one batch.
     *
     * @param before what was recorded then or later stays
     * @param most so many entries at a time
     * @return how many entries were removed, at least; 0 when there are none, or somebody else is at it
     */
    static long prune(Handle handle, Instant before, int most, InstantSource clock) throws SQLException {
        if (!handle.createQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")
                .mapTo(Boolean.class)
                .one()) {
            return 0;
        }
        Optional<Long> last = handle.createQuery(LAST_OLD)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .mapTo(Long.class)
                .findOne();
        ChainLink end = last.isEmpty() ? null : AuditChain.lastUnchanged(handle.getConnection(), last.get());
        return end == null ? 0 : removeUpTo(handle, end, clock);
    }

    /** The locks are taken in this order everywhere. */
    private static long removeUpTo(Handle handle, ChainLink last, InstantSource clock) throws SQLException {
        long summedUp = Rollups.lock(handle);
        ChainLink head = ChainHead.lock(handle.getConnection());
        Rollups.subtract(handle, last.seq(), summedUp);
        long calls = remove(handle, "proxy_records", last);
        long charges = remove(handle, "late_charges", last);
        if (calls + charges == 0) {
            return 0;
        }
        remove(handle, "chain_removals", last);
        Rollups.forgetEmpty(handle);
        Rollups.moveTo(handle, Math.max(summedUp, last.seq()));
        Removal.append(handle, head, clock.instant(), new Removal.Removed("age", calls, last.seq(), last.hash()));
        return calls + charges;
    }

    private static long remove(Handle handle, String table, ChainLink last) {
        return handle.createUpdate("delete from " + table + " where seq <= :last")
                .bind("last", last.seq())
                .execute();
    }
}
