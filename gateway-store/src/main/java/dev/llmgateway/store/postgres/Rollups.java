package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the sums of {@code record_sums}. They lag behind: appending a call does not change them, which would be dear and make
 * gateways wait for each other. Now and then the entries since the last time are added, all in one transaction with the note up
 * to which entry that is; what came later is added by whoever reads.
 */
final class Rollups {

    private static final String DIMENSIONS =
            Stream.of(Dimension.values()).map(DimensionColumns::name).collect(Collectors.joining(", "));

    /** Those that begin before the oldest call: all that a removal changes, but for calls that were recorded long after they began. */
    private static final String TOUCHED = "cube = any ('{"
            + Stream.of(Cube.values())
                    .map(cube -> String.valueOf(cube.number()))
                    .collect(Collectors.joining(","))
            + "}') and span = any ('{"
            + Stream.of(Span.values())
                    .map(span -> String.valueOf(span.seconds()))
                    .collect(Collectors.joining(","))
            + "}') and begins <= coalesce((select min(at) from proxy_records), 'infinity')";

    /** Nobody waits for it, and there may be much to sort. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String PATIENCE =
            "set local statement_timeout = " + LONGEST.toMillis() + "; set local work_mem = '64MB'";

    private Rollups() {}

    /** Up to which entry the sums go. */
    static long head(Handle handle) {
        return handle.createQuery("select seq from record_sums_head")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Adds the next entries, in the order of the chain.
     *
     * @param most so many at a time
     * @return up to which entry the sums go now; empty when somebody else is at it
     */
    static Optional<Long> add(Handle handle, long most) throws SQLException {
        handle.execute(PATIENCE);
        handle.getConnection().setNetworkTimeout(Runnable::run, (int) LONGEST.toMillis());
        Optional<Long> from = handle.createQuery("select seq from record_sums_head for update skip locked")
                .mapTo(Long.class)
                .findOne();
        if (from.isEmpty()) {
            return from;
        }
        long to = Math.min(ChainHead.read(handle.getConnection()).seq(), from.get() + most);
        if (from.get() < to) {
            handle.createUpdate(statement("seq > :after and seq <= :upto", Measures.ADD))
                    .bind("after", from.get())
                    .bind("upto", to)
                    .execute();
            moveTo(handle, to);
        }
        return Optional.of(to);
    }

    /** Up to which entry the sums go; nobody else may change that until the transaction ends. */
    static long lock(Handle handle) {
        return handle.createQuery("select seq from record_sums_head for update")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Takes calls away, with what has been added of their late charges.
     *
     * @param last of the calls
     * @param upto up to which entry the sums go
     */
    static void subtract(Handle handle, long last, long upto) {
        handle.createUpdate(statement("call_seq <= :last and seq <= :upto", Measures.SUBTRACT))
                .bind("last", Math.min(last, upto))
                .bind("upto", upto)
                .execute();
    }

    /**
     * Removes the sums of calls that are all gone. Of those that have lost some calls it is not known when the first of the others
     * began, but it was not before the oldest call that is left.
     */
    static void forgetEmpty(Handle handle) {
        handle.execute("with oldest as (select min(at) as at from proxy_records) update record_sums"
                + " set first_at = greatest(first_at, least(last_at, oldest.at)) from oldest where requests > 0"
                + " and first_at < oldest.at and " + TOUCHED);
        handle.execute("delete from record_sums where requests = 0 and " + TOUCHED);
    }

    /** Notes that the sums go up to an entry, for the transaction that knows it. */
    static void moveTo(Handle handle, long seq) {
        handle.execute("update record_sums_head set seq = ?", seq);
    }

    /** The statement that brings entries into all cubes at once. */
    static String statement(String which, String onConflict) {
        return "insert into record_sums (id, cube, span, begins, " + DIMENSIONS + ", " + Measures.NAMES + ")"
                + " with entries as materialized (select * from record_deltas where " + which + ") "
                + Stream.of(Cube.values()).map(Rollups::cube).collect(Collectors.joining(" union all "))
                + " on conflict (id) do update set " + onConflict;
    }

    private static String cube(Cube cube) {
        List<Dimension> told = Stream.of(Dimension.values()).filter(cube::tells).toList();
        String values = Stream.of(Dimension.values())
                .map(dimension ->
                        cube.tells(dimension) ? DimensionColumns.name(dimension) : DimensionColumns.none(dimension))
                .collect(Collectors.joining(", "));
        String keys = told.stream()
                .map(dimension -> ", " + DimensionColumns.name(dimension))
                .collect(Collectors.joining());
        String spans = cube.spans().stream()
                .map(span -> String.valueOf(span.seconds()))
                .collect(Collectors.joining(","));
        String lengths =
                cube.spans().stream().map(span -> span.seconds() + " seconds").collect(Collectors.joining(","));
        return "select md5(row(" + cube.number() + ", span, extract(epoch from begins)::bigint" + keys
                + ")::text)::uuid, "
                + cube.number() + ", span, begins, " + values + ", " + Measures.SUMS
                + " from (select *, date_bin(length, at, timestamptz 'epoch') as begins from entries cross join unnest('{"
                + spans + "}'::integer[], '{" + lengths + "}'::interval[]) as spans (span, length)) as each"
                + " group by span, begins" + keys;
    }
}
