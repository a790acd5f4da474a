package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.Spend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A late charge with the time at which it is recorded and its place in the chain. */
record ChargeRow(LateCharge charge, Instant recordedAt, ChainLink link) {

    /** What is said of a late charge; the order is that of its hash, and must not change. */
    static final List<Column<LateCharge>> COLUMNS = columns();

    static final Insert<ChargeRow> INSERT = Insert.into("late_charges", chainedColumns());

    private static List<Column<LateCharge>> columns() {
        List<Column<LateCharge>> columns = new ArrayList<>();
        columns.add(Column.text("request_id", LateCharge::requestId));
        columns.add(Column.whole("number", LateCharge::number));
        for (Column<Spend> column : SpendRows.COLUMNS) {
            columns.add(new Column<>(
                    column.name(), column.type(), charge -> column.value().apply(charge.spend())));
        }
        return List.copyOf(columns);
    }

    private static List<Column<ChargeRow>> chainedColumns() {
        List<Column<ChargeRow>> columns = new ArrayList<>();
        for (Column<LateCharge> column : COLUMNS) {
            columns.add(new Column<>(
                    column.name(), column.type(), row -> column.value().apply(row.charge)));
        }
        columns.add(Column.moment(ChainRows.RECORDED_AT, ChargeRow::recordedAt));
        columns.add(Column.whole("seq", row -> row.link.seq()));
        columns.add(Column.bytes("previous_hash", row -> row.link.previous()));
        columns.add(Column.bytes("chain_hash", row -> row.link.hash()));
        return columns;
    }

    /** A late charge behind an entry. */
    static ChargeRow behind(ChainLink head, LateCharge charge, Instant recordedAt) {
        byte[] hash = ChainLink.ofCharge(head.hash(), values(charge), recordedAt);
        return new ChargeRow(charge, recordedAt, head.next(hash));
    }

    /** The values of a charge's columns. */
    private static List<@Nullable Object> values(LateCharge charge) {
        List<@Nullable Object> values = new ArrayList<>(COLUMNS.size());
        COLUMNS.forEach(column -> values.add(column.value().apply(charge)));
        return values;
    }
}
