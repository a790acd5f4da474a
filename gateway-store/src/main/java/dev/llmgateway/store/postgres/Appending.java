package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.Spend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Appends entries in one transaction, which locks the head of the chain: of several gateways, one appends at a time. What is
 * there already is found under that lock, and left out, as are calls that ended before all calls were forgotten.
 */
final class Appending {

    private static final String KNOWN_CALLS = "select request_id from proxy_records where request_id = any (?)";

    private static final String KNOWN_CHARGES =
            "select request_id, number from late_charges where request_id = any (?)";

    private static final String CLEARED = "select max(at) from chain_removals where reason = '" + Clearing.REASON + "'";

    private static final String SPENDS =
            "select request_id, " + Column.names(SpendRows.COLUMNS) + " from proxy_records where request_id = any (?)";

    private final Connection connection;
    private final List<CallRow.Chained> calls = new ArrayList<>();
    private final List<ChargeRow> charges = new ArrayList<>();
    private final Instant now;
    private ChainLink head;
    private int forgotten;

    private Appending(Connection connection, ChainLink head, Instant now) {
        this.connection = connection;
        this.head = head;
        this.now = now;
    }

    /** Entries as they are written: made before the lock is taken, since traces and bodies may be long. */
    record Batch(List<Object> entries, List<String> ids) {

        static Batch of(List<? extends RecordEntry> entries) {
            List<Object> prepared = new ArrayList<>(entries.size());
            for (RecordEntry entry : entries) {
                prepared.add(
                        switch (entry) {
                            case FinishedCall call -> CallRow.of(call);
                            case LateCharge charge ->
                                new LateCharge(CleanText.of(charge.requestId()), charge.number(), charge.spend());
                        });
            }
            List<String> ids = entries.stream()
                    .map(entry -> CleanText.of(entry.requestId()))
                    .distinct()
                    .toList();
            return new Batch(prepared, ids);
        }
    }

    /**
     * What came of it.
     *
     * @param latest the number of the latest entry
     * @param forgotten how many calls were left out since all calls were forgotten after they had ended
     */
    record Appended(long latest, int forgotten) {}

    /** Appends; the connection is in a transaction. The clock is read under the lock. */
    static Appended append(Connection connection, Batch batch, InstantSource clock) throws SQLException {
        ChainLink head = ChainHead.lock(connection);
        Appending appending = new Appending(connection, head, clock.instant().truncatedTo(ChronoUnit.MICROS));
        appending.chain(batch);
        appending.write();
        return new Appended(appending.head.seq(), appending.forgotten);
    }

    private void chain(Batch batch) throws SQLException {
        Instant cleared = cleared();
        Set<String> knownCalls = new HashSet<>(strings(KNOWN_CALLS, batch.ids));
        Set<ChargeKey> knownCharges = knownCharges(batch);
        for (Object entry : batch.entries) {
            if (entry instanceof CallRow call && call.ended().isBefore(cleared)) {
                forgotten++;
            } else if (entry instanceof CallRow call && knownCalls.add(call.requestId())) {
                CallRow.Chained row = CallRow.Chained.behind(head, call, now);
                calls.add(row);
                head = row.link();
            } else if (entry instanceof LateCharge charge
                    && knownCalls.contains(charge.requestId())
                    && knownCharges.add(new ChargeKey(charge.requestId(), charge.number()))) {
                ChargeRow row = ChargeRow.behind(head, charge, now);
                charges.add(row);
                head = row.link();
            }
        }
    }

    /** Calls that ended before have been forgotten with all others, wherever they waited. */
    private Instant cleared() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEARED);
                ResultSet row = statement.executeQuery()) {
            OffsetDateTime at = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
            return at == null ? Instant.MIN : at.toInstant();
        }
    }

    private record ChargeKey(String requestId, long number) {}

    private Set<ChargeKey> knownCharges(Batch batch) throws SQLException {
        Set<ChargeKey> known = new HashSet<>();
        List<String> charged = batch.entries.stream()
                .filter(LateCharge.class::isInstance)
                .map(entry -> ((LateCharge) entry).requestId())
                .distinct()
                .toList();
        if (!charged.isEmpty()) {
            try (PreparedStatement statement = withIds(KNOWN_CHARGES, charged);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.add(new ChargeKey(rows.getString(1), rows.getLong(2)));
                }
            }
        }
        return known;
    }

    private void write() throws SQLException {
        if (calls.isEmpty() && charges.isEmpty()) {
            return;
        }
        CallRow.Chained.INSERT.run(connection, calls);
        List<CallRow> rows = calls.stream().map(CallRow.Chained::call).toList();
        CallRow.INSERT_TRACE.run(connection, rows);
        CallRow.INSERT_BODIES.run(
                connection, rows.stream().filter(CallRow::hasBodies).toList());
        if (!charges.isEmpty()) {
            addCharges();
        }
        ChainHead.move(connection, head);
    }

    private void addCharges() throws SQLException {
        Map<String, Spend> original = spends();
        Map<String, Spend> total = new LinkedHashMap<>(original);
        charges.forEach(
                row -> total.merge(row.charge().requestId(), row.charge().spend(), Spend::plus));
        ChargedCall.INSERT_ORIGINAL.run(connection, ChargedCall.of(original));
        ChargeRow.INSERT.run(connection, charges);
        ChargedCall.update(connection, ChargedCall.of(total));
    }

    private Map<String, Spend> spends() throws SQLException {
        List<String> ids =
                charges.stream().map(row -> row.charge().requestId()).distinct().toList();
        Map<String, Spend> spends = new LinkedHashMap<>();
        try (PreparedStatement statement = withIds(SPENDS, ids);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                spends.put(rows.getString("request_id"), SpendRows.read(rows));
            }
        }
        return spends;
    }

    private List<String> strings(String sql, List<String> ids) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = withIds(sql, ids);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private PreparedStatement withIds(String sql, List<String> ids) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
        return statement;
    }
}
