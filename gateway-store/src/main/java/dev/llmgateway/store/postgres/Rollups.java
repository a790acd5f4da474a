package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import java.sql.SQLException;
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
     * @param least nothing is done while there are fewer
     * @param most so many at a time
     * @return up to which entry the sums go now; empty when somebody else is at it
     */
    static Optional<Long> add(Handle handle, long least, long most) throws SQLException {
        Optional<Long> from = handle.createQuery("select seq from record_sums_head for update skip locked")
                .mapTo(Long.class)
                .findOne();
        if (from.isEmpty()) {
            return from;
        }
        long end = ChainHead.read(handle.getConnection()).seq();
        if (end - from.get() < least) {
            return from;
        }
        long to = Math.min(end, from.get() + most);
        addBetween(handle, from.get(), to);
        return Optional.of(to);
    }

    /** Adds all that is missing; the transaction has locked the head of the chain. */
    static void addAll(Handle handle) throws SQLException {
        long from = handle.createQuery("select seq from record_sums_head for update")
                .mapTo(Long.class)
                .one();
        addBetween(handle, from, ChainHead.read(handle.getConnection()).seq());
    }

    private static void addBetween(Handle handle, long from, long to) {
        if (from < to) {
            handle.createUpdate(statement("record_deltas", Measures.ADD))
                    .bind("after_seq", from)
                    .bind("last_seq", to)
                    .execute();
            moveTo(handle, to);
        }
    }

    /** Takes the calls of these entries away, with all their late charges; the sums must go as far as the chain. */
    static void subtract(Handle handle, long after, long last) {
        handle.createUpdate(statement("record_totals", Measures.SUBTRACT))
                .bind("after_seq", after)
                .bind("last_seq", last)
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
    static String statement(String source, String onConflict) {
        return "insert into record_sums (id, cube, span, begins, " + DIMENSIONS + ", " + Measures.NAMES + ")"
                + " with entries as materialized (select * from " + source
                + " where seq > :after_seq and seq <= :last_seq) "
                + Stream.of(Cube.values()).map(Rollups::cube).collect(Collectors.joining(" union all "))
                + " on conflict (id) do update set " + onConflict;
    }

    private static String cube(Cube cube) {
        List<Dimension> told = Stream.of(Dimension.values()).filter(cube::tells).toList();
        String values = Stream.of(Dimension.values())
                .map(dimension -> cube.tells(dimension) ? DimensionColumns.name(dimension) : "null")
                .collect(Collectors.joining(", "));
        String keys = told.stream().map(DimensionColumns::name).collect(Collectors.joining(", "));
        String spans = cube.spans().stream()
                .map(span -> String.valueOf(span.seconds()))
                .collect(Collectors.joining(","));
        return "select md5(row(" + cube.number() + ", span, extract(epoch from begins)::bigint, " + keys
                + ")::text)::uuid, "
                + cube.number() + ", span, begins, " + values + ", " + Measures.SUMS
                + " from (select *, date_bin(span * interval '1 second', at, timestamptz 'epoch') as begins"
                + " from entries cross join unnest('{" + spans + "}'::integer[]) as span) as each"
                + " group by span, begins, " + keys;
    }
}
