package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Spend;
import dev.llmgateway.ir.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link Spend} as columns: the same in each table that has one. */
final class SpendRows {

    static final List<Column<Spend>> COLUMNS = List.of(
            Column.whole("input_tokens", spend -> spend.usage().input()),
            Column.whole("cached_tokens", spend -> spend.usage().cacheRead()),
            Column.whole("cache_write_5m_tokens", spend -> spend.usage().cacheWrite5m()),
            Column.whole("cache_write_1h_tokens", spend -> spend.usage().cacheWrite1h()),
            Column.whole("output_tokens", spend -> spend.usage().output()),
            Column.whole("reasoning_tokens", spend -> spend.usage().reasoning()),
            Column.real("cost_usd", Spend::costUsd),
            Column.flag("usage_estimated", Spend::isEstimated));

    static final Set<String> NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.toUnmodifiableSet());

    private SpendRows() {}

    static Spend read(ResultSet row) throws SQLException {
        return read(row, "");
    }

    /** Reads columns whose names begin with this. */
    static Spend read(ResultSet row, String prefix) throws SQLException {
        double cost = row.getDouble(prefix + "cost_usd");
        @Nullable Double known = row.wasNull() ? null : cost;
        return new Spend(
                new Usage(
                        row.getLong(prefix + "input_tokens"),
                        row.getLong(prefix + "cached_tokens"),
                        row.getLong(prefix + "cache_write_5m_tokens"),
                        row.getLong(prefix + "cache_write_1h_tokens"),
                        row.getLong(prefix + "output_tokens"),
                        row.getLong(prefix + "reasoning_tokens")),
                known,
                row.getBoolean(prefix + "usage_estimated"));
    }
}
