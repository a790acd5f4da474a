package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Spend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call that has late charges. Its row shows the total; what it had cost at first is kept beside it, so that its hash can
 * still be checked.
 */
record ChargedCall(String requestId, Spend spend) {

    /** The first spend stays, whatever is added later. */
    static final Insert<ChargedCall> INSERT_ORIGINAL =
            Insert.into("original_spends", columns()).unlessThere();

    private static final String UPDATE = "update proxy_records set "
            + SpendRows.COLUMNS.stream().map(column -> column.name() + " = ?").collect(Collectors.joining(", "))
            + " where request_id = ?";

    private static List<Column<ChargedCall>> columns() {
        List<Column<ChargedCall>> columns = new ArrayList<>();
        columns.add(Column.text("request_id", ChargedCall::requestId));
        columns.addAll(spendColumns());
        return columns;
    }

    private static List<Column<ChargedCall>> spendColumns() {
        List<Column<ChargedCall>> columns = new ArrayList<>();
        for (Column<Spend> column : SpendRows.COLUMNS) {
            columns.add(new Column<>(
                    column.name(), column.type(), call -> column.value().apply(call.spend)));
        }
        return columns;
    }

    static List<ChargedCall> of(Map<String, Spend> spends) {
        return spends.entrySet().stream()
                .map(spend -> new ChargedCall(spend.getKey(), spend.getValue()))
                .toList();
    }

    /** Shows these spends in the rows of the calls. */
    static void update(Connection connection, List<ChargedCall> calls) throws SQLException {
        List<Column<ChargedCall>> columns = spendColumns();
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            for (ChargedCall call : calls) {
                for (int i = 0; i < columns.size(); i++) {
                    Column<ChargedCall> column = columns.get(i);
                    column.type().bind(statement, i + 1, column.value().apply(call));
                }
                statement.setString(columns.size() + 1, call.requestId);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
