package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import java.sql.SQLException;
import java.time.Duration;
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

    /** The statement that brings entries into all cubes at once. Of each cube, the longer spans are added up from the shortest. */
    static String statement(String which, String onConflict) {
        return "insert into record_sums (id, cube, span, begins, " + DIMENSIONS + ", " + Measures.NAMES + ")"
                + " with entries as materialized (select * from record_deltas where " + which + "), "
                + Stream.of(Cube.values()).map(Rollups::shortest).collect(Collectors.joining(", ")) + " "
                + Stream.of(Cube.values()).map(Rollups::rows).collect(Collectors.joining(" union all "))
                + " on conflict (id) do update set " + onConflict;
    }

    /** The rows of the shortest spans of a cube, as a part of a statement. */
    private static String shortest(Cube cube) {
        int seconds = cube.spans().getFirst().seconds();
        return name(cube) + " as materialized (select " + seconds + " as span, " + begins(seconds + " seconds", "at")
                + keys(cube) + ", " + Measures.SUMS + " from entries group by begins" + keys(cube) + ")";
    }

    private static String name(Cube cube) {
        return "cube_" + cube.number();
    }

    private static String begins(String length, String column) {
        return "date_bin('" + length + "', " + column + ", timestamptz 'epoch') as begins";
    }

    private static String keys(Cube cube) {
        return dimensions()
                .filter(cube::tells)
                .map(name -> ", " + DimensionColumns.name(name))
                .collect(Collectors.joining());
    }

    private static Stream<Dimension> dimensions() {
        return Stream.of(Dimension.values());
    }

    /** The rows of all spans of a cube. */
    private static String rows(Cube cube) {
        String values = dimensions()
                .map(dimension ->
                        cube.tells(dimension) ? DimensionColumns.name(dimension) : DimensionColumns.none(dimension))
                .collect(Collectors.joining(", "));
        String all = cube.spans().stream().map(span -> spans(cube, span)).collect(Collectors.joining(" union all "));
        return "select md5(row(" + cube.number() + ", span, extract(epoch from begins)::bigint" + keys(cube)
                + ")::text)::uuid, " + cube.number() + ", span, begins, " + values + ", " + Measures.NAMES + " from ("
                + all + ") as each";
    }

    private static String spans(Cube cube, Span span) {
        if (span == cube.spans().getFirst()) {
            return "select * from " + name(cube);
        }
        return "select " + span.seconds() + " as span, " + begins(span.seconds() + " seconds", "begins") + keys(cube)
                + ", " + Measures.SUMS + " from " + name(cube) + " group by 2" + keys(cube);
    }
}
