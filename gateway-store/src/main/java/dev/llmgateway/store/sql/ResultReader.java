package dev.llmgateway.store.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows that PostgreSQL sends into values that JSON has, too. */
final class ResultReader {

    private ResultReader() {}

    static QueryResult read(ResultSet found, int limit) throws SQLException {
        ResultSetMetaData about = found.getMetaData();
        List<QueryResult.Column> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(new QueryResult.Column(about.getColumnLabel(i), about.getColumnTypeName(i)));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (rows.size() < limit && found.next()) {
            rows.add(row(found, columns));
        }
        return new QueryResult(columns, rows, rows.size() == limit && found.next());
    }

    private static List<@Nullable Object> row(ResultSet found, List<QueryResult.Column> columns) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(value(found, i + 1, columns.get(i).type()));
        }
        return Collections.unmodifiableList(row);
    }

    private static @Nullable Object value(ResultSet found, int at, String type) throws SQLException {
        String text = found.getString(at);
        if (text == null) {
            return null;
        }
        return switch (type) {
            case "bool" -> found.getBoolean(at);
            case "int2", "int4", "int8" -> found.getLong(at);
            case "float4", "float8", "numeric" -> number(text);
            case "timestamptz" ->
                isFinite(text)
                        ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(found.getObject(at, OffsetDateTime.class))
                        : text;
            case "timestamp" -> text.replace(' ', 'T');
            default -> text;
        };
    }

    /** JSON has no NaN and no infinity: these stay texts. */
    private static Object number(String text) {
        return isFinite(text) && !text.equals("NaN") ? new BigDecimal(text) : text;
    }

    private static boolean isFinite(String text) {
        return !text.endsWith("nfinity");
    }
}
