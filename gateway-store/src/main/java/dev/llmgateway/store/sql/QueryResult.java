package dev.llmgateway.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query found.
 *
 * @param rows of each the values in the order of the columns: null, {@link Boolean}, {@link Number}, or a {@link String}, which a
 *     time is too, as RFC 3339 has it
 * @param isTruncated whether there are more rows than were fetched because of the guard's own limit
 */
public record QueryResult(List<Column> columns, List<List<@Nullable Object>> rows, boolean isTruncated) {

    /**
     * A column.
     *
     * @param type PostgreSQL's name of its type, as in {@code timestamptz}
     */
    public record Column(String name, String type) {}

    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
