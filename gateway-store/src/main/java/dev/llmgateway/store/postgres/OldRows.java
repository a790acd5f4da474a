package dev.llmgateway.store.postgres;

import java.time.Instant;
import java.time.ZoneOffset;

/** Removes rows of a table that are about a time long ago, a little at a time, so that nothing is locked for long. */
final class OldRows {

    private static final int AT_A_TIME = 10_000;

    /** What is left then is removed the next time. */
    private static final int MOST_TIMES = 100;

    private OldRows() {}

    /**
     * Removes those whose {@code at} is before some moment.
     *
     * @param table one that has an index of {@code at}
     * @return how many were removed
     * @throws DatabaseException when the database cannot be reached, or does not do it; some may have been removed then
     */
    static long remove(Database database, String table, Instant before) {
        String sql = "delete from " + table + " where ctid = any (array(select ctid from " + table
                + " where at < :before order by at limit " + AT_A_TIME + "))";
        long all = 0;
        for (int i = 0; i < MOST_TIMES; i++) {
            int removed = database.write(handle -> handle.createUpdate(sql)
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .execute());
            all += removed;
            if (removed < AT_A_TIME) {
                break;
            }
        }
        return all;
    }
}
