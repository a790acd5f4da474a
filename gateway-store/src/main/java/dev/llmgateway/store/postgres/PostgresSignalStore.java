package dev.llmgateway.store.postgres;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.SignalStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Keeps reports about the quality of answers in the table {@code quality_signals}.
 *
 * <pre>{@code
 * SignalStore store = new PostgresSignalStore(database);
 * List<SignalSum> today = store.sums(SignalQuery.ALL, List.of(midnight, now));
 * }</pre>
 */
public final class PostgresSignalStore implements SignalStore {

    private static final String INSERT = """
            insert into quality_signals (at, model_card_id, task_type, signal_type, value)
            values (:at, :card, :task, :type, :value)""";

    /** A null stands for any value; the casts tell its type. */
    private static final String SUMS = """
            select width_bucket(at, cast(:edges as timestamptz[])) - 1 as period, model_card_id,
                   count(*) as samples, avg(value) as mean, min(at) as first
            from quality_signals
            where at >= :first and at < :last
              and (cast(:card as text) is null or model_card_id = :card)
              and (cast(:task as text) is null or task_type = :task)
              and (cast(:type as text) is null or signal_type = :type)
            group by period, model_card_id
            order by period, model_card_id collate "C\"""";

    private static final String HOURS = """
            select date_trunc('hour', at, 'UTC') as hour, model_card_id, task_type, count(*), sum(value)
            from quality_signals
            where at >= :from and at < :to
            group by hour, model_card_id, task_type
            order by hour, model_card_id collate "C", task_type collate "C\"""";

    private final Database database;

    /**
     * A store in a database.
     *
     * @param database stays the caller's to close
     */
    public PostgresSignalStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<QualitySignal> signals) {
        if (!signals.isEmpty()) {
            database.write(handle -> insert(handle, signals));
        }
    }

    private static int insert(Handle handle, List<QualitySignal> signals) {
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (QualitySignal signal : signals) {
                batch.bind("at", utc(signal.at()))
                        .bind("card", signal.card())
                        .bind("task", signal.taskType())
                        .bind("type", signal.signalType())
                        .bind("value", signal.value())
                        .add();
            }
            return batch.execute().length;
        }
    }

    @Override
    public List<SignalSum> sums(SignalQuery query, List<Instant> edges) {
        String array = edges.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
        return database.read(handle -> handle.createQuery(SUMS)
                .bind("edges", array)
                .bind("first", utc(edges.getFirst()))
                .bind("last", utc(edges.getLast()))
                .bind("card", query.card())
                .bind("task", query.taskType())
                .bind("type", query.signalType())
                .map((row, context) -> sum(row))
                .list());
    }

    @Override
    public List<SignalHour> hours(Instant from, Instant to) {
        return database.read(handle -> handle.createQuery(HOURS)
                .bind("from", utc(from))
                .bind("to", utc(to))
                .map((row, context) -> hour(row))
                .list());
    }

    private static SignalSum sum(ResultSet row) throws SQLException {
        return new SignalSum(
                row.getInt("period"),
                row.getString("model_card_id"),
                row.getLong("samples"),
                row.getDouble("mean"),
                row.getObject("first", OffsetDateTime.class).toInstant());
    }

    private static SignalHour hour(ResultSet row) throws SQLException {
        return new SignalHour(
                row.getString(2),
                row.getString(3),
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getLong(4),
                row.getDouble(5));
    }

    @Override
    public long clear() {
        return database.write(handle -> (long) handle.execute("delete from quality_signals"));
    }

    /**
     * Removes reports that were made before some moment, at most a million.
     *
     * @return how many were removed
     * @throws DatabaseException when the database cannot be reached, or does not do it; some may have been removed then
     */
    public long prune(Instant before) {
        return OldRows.remove(database, "quality_signals", before);
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void close() {}

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
