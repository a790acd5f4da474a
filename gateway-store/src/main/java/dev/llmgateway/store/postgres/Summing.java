package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Sums calls up, from three sources that have no call in common: the kept sums, as far as they go; the calls of ragged spans, one
 * by one; and the entries that the kept sums do not have yet. All three are read in one statement.
 */
final class Summing {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Rows are found through the few pieces of the time; what the planner knows of those is nothing. Nor does it know that there are
     * few groups, which are quicker found by hash than by sorting all rows.
     */
    private static final String PLAN = "set local enable_hashjoin = off; set local enable_mergejoin = off;"
            + " set local enable_seqscan = off; set local enable_sort = off; set local work_mem = '64MB'";

    /** For what the same transaction asks next. */
    private static final String USUAL_PLAN = "set local enable_hashjoin to default;"
            + " set local enable_mergejoin to default; set local enable_seqscan to default; set local enable_sort to default";

    private final RecordQuery query;
    private final RecordSums wanted;

    private Summing(RecordQuery query, RecordSums wanted) {
        this.query = query;
        this.wanted = wanted;
    }

    static List<SumRow> sums(Handle handle, RecordQuery query, RecordSums wanted) {
        return new Summing(query, wanted).sums(handle);
    }

    /** How the database finds the sums. */
    static String explain(Handle handle, RecordQuery query, RecordSums wanted) {
        Statement statement = new Summing(query, wanted).prepare(handle);
        return Explaining.explain(handle, statement.sql, statement.conditions, 0);
    }

    private record Statement(String sql, Conditions conditions) {}

    private List<SumRow> sums(Handle handle) {
        Statement statement = prepare(handle);
        List<SumRow> rows = statement
                .conditions
                .bind(handle.createQuery(statement.sql))
                .map((row, context) -> SumRows.read(row, wanted))
                .list();
        handle.execute(USUAL_PLAN);
        return rows;
    }

    private Statement prepare(Handle handle) {
        Statement statement = statement(handle);
        handle.execute(PLAN);
        return statement;
    }

    private Statement statement(Handle handle) {
        Set<Dimension> told = EnumSet.noneOf(Dimension.class);
        told.addAll(wanted.by());
        told.addAll(query.values().keySet());
        Cube cube = Cube.of(told);
        Conditions conditions = Conditions.ofValues(query, false);
        if (wanted.only() != null) {
            conditions.only(wanted.by().getFirst(), wanted.only());
        }
        String values = conditions.sql();
        conditions.between(query.from(), query.to());
        Timeline timeline = timeline(handle, cube);
        if (timeline.isMostlyRagged()) {
            return new Statement(whole(each("record_totals as r", conditions.sql())), conditions);
        }
        List<String> sources = new ArrayList<>();
        sources.add(kept(cube, timeline, values));
        if (!timeline.ragged().isEmpty()) {
            sources.add(each(raggedCalls(cube, timeline, values), conditions.sql()));
        }
        sources.add(each("record_deltas as r", conditions.sql() + after(Rollups.head(handle), cube, timeline)));
        return new Statement(whole(String.join(" union all ", sources)), conditions);
    }

    /** The smallest cube tells which days there are. */
    private Timeline timeline(Handle handle, Cube cube) {
        return handle.createQuery("select min(begins) as first, max(begins) as last from record_sums where cube = "
                        + Cube.TOTAL.number() + " and span = " + Span.DAY.seconds())
                .map((row, context) -> {
                    OffsetDateTime first = row.getObject("first", OffsetDateTime.class);
                    OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
                    return first == null || last == null
                            ? Timeline.of(query, wanted, cube.spans(), 0, 0)
                            : Timeline.of(
                                    query,
                                    wanted,
                                    cube.spans(),
                                    first.toEpochSecond(),
                                    last.toEpochSecond() + Span.DAY.seconds());
                })
                .one();
    }

    private String whole(String sources) {
        String keys = "period" + by().map(name -> ", " + name).collect(Collectors.joining());
        return "select * from (select " + keys + ", " + Measures.sums(wanted.withLatencies()) + " from (" + sources
                + ") as parts group by "
                + keys + " having sum(requests) > 0 order by requests desc limit " + RecordReading.MOST_ROWS
                + ") as most order by period, requests desc";
    }

    private Stream<String> by() {
        return wanted.by().stream().map(DimensionColumns::name).distinct();
    }

    private String columns() {
        return by().map(name -> ", r." + name).collect(Collectors.joining()) + ", "
                + Measures.names(wanted.withLatencies());
    }

    private static String kept(Timeline timeline) {
        return "unnest('{" + list(timeline, piece -> String.valueOf(piece.span().seconds())) + "}'::integer[], '{"
                + list(timeline, piece -> moment(piece.from())) + "}'::timestamptz[], '{"
                + list(timeline, piece -> moment(piece.to())) + "}'::timestamptz[], '{"
                + list(timeline, piece -> String.valueOf(piece.period()))
                + "}'::integer[]) as piece (span, starts, ends, period)";
    }

    private String kept(Cube cube, Timeline timeline, String values) {
        return "select piece.period" + columns() + " from " + kept(timeline)
                + laterally(
                        "record_sums",
                        "cube = " + cube.number()
                                + " and span = piece.span and begins >= piece.starts and begins < piece.ends and "
                                + values);
    }

    /** For each piece of the time its rows. The offset keeps the planner from going through all rows with the pieces for each. */
    private static String laterally(String table, String conditions) {
        return " cross join lateral (select * from " + table + " where " + conditions + " offset 0) as r";
    }

    private static String list(Timeline timeline, Function<Timeline.Piece, String> value) {
        return timeline.pieces().stream().map(value).collect(Collectors.joining(","));
    }

    private static String raggedCalls(Cube cube, Timeline timeline, String values) {
        return "unnest('{" + ragged(timeline) + "}'::timestamptz[]) as piece (starts)"
                + laterally(
                        "record_totals",
                        "at >= piece.starts and at < piece.starts + " + length(cube) + " and " + values);
    }

    private static String ragged(Timeline timeline) {
        return timeline.ragged().stream().map(Summing::moment).collect(Collectors.joining(","));
    }

    private static String length(Cube cube) {
        return "interval '" + cube.spans().getFirst().seconds() + " seconds'";
    }

    /** Calls of ragged spans have been read with all that belongs to them. */
    private static String after(long head, Cube cube, Timeline timeline) {
        return " and seq > " + head
                + (timeline.ragged().isEmpty()
                        ? ""
                        : " and date_bin(" + length(cube) + ", at, timestamptz 'epoch') <> all ('{" + ragged(timeline)
                                + "}'::timestamptz[])");
    }

    private String each(String source, String conditions) {
        List<Instant> edges = wanted.edges();
        String period = edges.isEmpty() ? "0" : "width_bucket(at, '{" + edges(edges) + "}'::timestamptz[]) - 1";
        String within = edges.isEmpty()
                ? ""
                : " and at >= '" + literal(edges.getFirst()) + "' and at < '" + literal(edges.getLast()) + "'";
        return "select " + period + " as period" + columns() + " from " + source + " where " + conditions + within;
    }

    private static String edges(List<Instant> edges) {
        return edges.stream().map(Summing::literal).collect(Collectors.joining(","));
    }

    private static String moment(long second) {
        return literal(Instant.ofEpochSecond(second));
    }

    /** PostgreSQL knows no year 0, and no call is from there. */
    private static String literal(Instant moment) {
        Instant known = moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
        return known.toString();
    }
}
