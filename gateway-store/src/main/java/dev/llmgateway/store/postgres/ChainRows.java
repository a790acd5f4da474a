package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.Spend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes entries of the chain of their rows, and their hashes anew of what is there. */
final class ChainRows {

    /** When an entry was recorded. */
    static final String RECORDED_AT = "recorded_at";

    private static final String ORIGINAL = "original_";

    static final String CALLS = "select r.*, t.trace, b.request, b.answer, o.request_id as charged, "
            + SpendRows.COLUMNS.stream()
                    .map(column -> "o." + column.name() + " as " + ORIGINAL + column.name())
                    .collect(Collectors.joining(", "))
            + " from proxy_records r left join routing_traces t using (request_id)"
            + " left join proxy_bodies b using (request_id) left join original_spends o using (request_id)"
            + " where r.seq > ? and r.seq <= ? order by r.seq";

    /** A charge whose call does not know that it has any has been taken out of its total. */
    static final String CHARGES = "select l.*, r.request_id is not null and o.request_id is null as forgotten"
            + " from late_charges l left join proxy_records r using (request_id)"
            + " left join original_spends o using (request_id) where l.seq > ? and l.seq <= ? order by l.seq";

    static final String REMOVALS = "select * from chain_removals where seq > ? and seq <= ? order by seq";

    private static final String CHARGES_OF_CALL =
            "select " + Column.names(SpendRows.COLUMNS) + " from late_charges where request_id = ? order by seq";

    private static final byte[] NO_HASH = {};

    private final Connection connection;

    /** Of the rows that a connection reads. */
    ChainRows(Connection connection) {
        this.connection = connection;
    }

    private static ChainLink link(ResultSet row) throws SQLException {
        return new ChainLink(row.getLong("seq"), row.getBytes("previous_hash"), row.getBytes("chain_hash"));
    }

    ChainEntry call(ResultSet row) throws SQLException {
        ChainLink link = link(row);
        byte[] details = ChainLink.ofDetails(row.getString("trace"), row.getString("request"), row.getString("answer"));
        boolean isCharged = row.getString("charged") != null;
        return new ChainEntry(
                ChainEntry.Kind.CALL,
                "call " + row.getString("request_id"),
                link,
                hashOfCall(row, link, isCharged),
                Arrays.equals(details, row.getBytes("details_hash")),
                !isCharged || SpendRows.read(row).equals(total(row)));
    }

    private static byte[] hashOfCall(ResultSet row, ChainLink link, boolean isCharged) throws SQLException {
        try {
            List<@Nullable Object> values = new ArrayList<>(RecordRows.COLUMNS.size());
            for (Column<CallRecord> column : RecordRows.COLUMNS) {
                boolean isOriginal = isCharged && SpendRows.NAMES.contains(column.name());
                values.add(column.type().read(row, isOriginal ? ORIGINAL + column.name() : column.name()));
            }
            return ChainLink.ofCall(link.previous(), values, recordedAt(row), row.getBytes("details_hash"));
        } catch (RuntimeException e) {
            // A value that nobody can have written.
            return NO_HASH;
        }
    }

    private static @Nullable Object recordedAt(ResultSet row) throws SQLException {
        return ColumnType.MOMENT.read(row, RECORDED_AT);
    }

    private Spend total(ResultSet row) throws SQLException {
        Spend total = SpendRows.read(row, ORIGINAL);
        try (PreparedStatement statement = connection.prepareStatement(CHARGES_OF_CALL)) {
            statement.setString(1, row.getString("request_id"));
            try (ResultSet charges = statement.executeQuery()) {
                while (charges.next()) {
                    total = total.plus(SpendRows.read(charges));
                }
            }
        }
        return total;
    }

    ChainEntry charge(ResultSet row) throws SQLException {
        ChainLink link = link(row);
        List<@Nullable Object> values = new ArrayList<>(ChargeRow.COLUMNS.size());
        for (Column<LateCharge> column : ChargeRow.COLUMNS) {
            values.add(column.type().read(row, column.name()));
        }
        return new ChainEntry(
                ChainEntry.Kind.CHARGE,
                "late charge " + row.getLong("number") + " of call " + row.getString("request_id"),
                link,
                ChainLink.ofCharge(link.previous(), values, recordedAt(row)),
                true,
                !row.getBoolean("forgotten"));
    }

    ChainEntry removal(ResultSet row) throws SQLException {
        ChainLink link = link(row);
        Removal.Removed removed = new Removal.Removed(
                row.getString("reason"), row.getLong("calls"), row.getLong("last_seq"), row.getBytes("last_hash"));
        return new ChainEntry(
                ChainEntry.Kind.REMOVAL,
                "removal up to entry " + removed.lastSeq(),
                link,
                Removal.hash(
                        link.previous(),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        removed),
                true,
                true);
    }
}
