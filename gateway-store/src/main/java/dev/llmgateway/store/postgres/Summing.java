package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sums calls up. */
final class Summing {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    private Summing() {}

    static List<SumRow> sums(Handle handle, RecordQuery query, RecordSums wanted) {
        Conditions conditions = Conditions.of(query);
        List<String> groups = new ArrayList<>();
        groups.add(period(wanted.edges()));
        wanted.by().forEach(dimension -> groups.add(DimensionColumns.expression(dimension)));
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < groups.size(); i++) {
            names.append(groups.get(i)).append(" as g").append(i).append(", ");
        }
        String keys = String.join(
                ", ",
                java.util.stream.IntStream.rangeClosed(1, groups.size())
                        .mapToObj(String::valueOf)
                        .toList());
        String sql =
                "select * from (select " + names + Measures.OF_RECORDS + " from proxy_records where " + conditions.sql()
                        + within(wanted.edges()) + " group by " + keys + " order by requests desc limit "
                        + RecordStore.MOST_ROWS
                        + ") as most where requests > 0 order by g0, requests desc";
        return conditions
                .bind(handle.createQuery(sql))
                .map((row, context) -> row(row, wanted.by()))
                .list();
    }

    private static String within(List<Instant> edges) {
        return edges.isEmpty() ? "" : " and at >= '" + edges.getFirst() + "' and at < '" + edges.getLast() + "'";
    }

    private static String period(List<Instant> edges) {
        return edges.isEmpty()
                ? "0"
                : "width_bucket(at, '{"
                        + String.join(",", edges.stream().map(Instant::toString).toList()) + "}'::timestamptz[]) - 1";
    }

    private static SumRow row(ResultSet row, List<Dimension> by) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            values.add(row.getString("g" + (i + 1)));
        }
        LatencyHistogram latencies = LatencyHistogram.of(row.getBigDecimal("latencies"));
        Figures figures = new Figures(
                row.getLong("requests"),
                row.getLong("succeeded"),
                row.getLong("mitigated"),
                row.getLong("aborted"),
                new Usage(
                        row.getLong("input_tokens"),
                        row.getLong("cached_tokens"),
                        row.getLong("cache_write_5m_tokens"),
                        row.getLong("cache_write_1h_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("reasoning_tokens")),
                row.getDouble("cost_usd"),
                latencies.percentile(HALF),
                latencies.percentile(MOST));
        return new SumRow(
                row.getInt("g0"),
                values,
                figures,
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }
}
