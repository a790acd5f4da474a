package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.ir.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of summed up {@link Measures}. */
final class SumRows {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    private SumRows() {}

    static SumRow read(ResultSet row, RecordSums wanted) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(wanted.by().size());
        for (Dimension dimension : wanted.by()) {
            values.add(row.getString(DimensionColumns.name(dimension)));
        }
        return new SumRow(
                row.getInt("period"),
                values,
                figures(row, wanted.withLatencies()),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }

    private static Figures figures(ResultSet row, boolean withLatencies) throws SQLException {
        LatencyHistogram latencies =
                withLatencies ? LatencyHistogram.of(row.getBigDecimal("latencies")) : LatencyHistogram.NONE;
        return new Figures(
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
    }
}
