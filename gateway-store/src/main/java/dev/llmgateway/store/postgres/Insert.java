package dev.llmgateway.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Puts rows into a table, many with one statement. */
record Insert<T>(String table, List<Column<T>> columns, String onConflict) {

    /** Fails where a row is there already. */
    static <T> Insert<T> into(String table, List<Column<T>> columns) {
        return new Insert<>(table, List.copyOf(columns), "");
    }

    /** The same, where a row that is there already stays as it is. */
    Insert<T> unlessThere() {
        return new Insert<>(table, columns, " on conflict do nothing");
    }

    void run(Connection connection, List<T> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            for (T row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    Column<T> column = columns.get(i);
                    column.type().bind(statement, i + 1, column.value().apply(row));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private String sql() {
        String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
        return "insert into " + table + " (" + Column.names(columns) + ") values (" + places + ")" + onConflict;
    }
}
