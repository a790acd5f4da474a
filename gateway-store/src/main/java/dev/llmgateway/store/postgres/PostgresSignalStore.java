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
import java.util.UUID;
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
            insert into quality_signals (at, model_card_id, task_type, signal_type, value, writer)
            values (:at, :card, :task, :type, :value, :writer)""";

    /** A null stands for any value; the casts tell its type. */
    private static final String SUMS = """
            select width_bucket(at, :edges) - 1 as period, model_card_id,
                   count(*) as samples, avg(value) as mean, min(at) as first
            from quality_signals
            where at >= :first and at < :last
              and (cast(:card as text) is null or model_card_id = :card)
              and (cast(:task as text) is null or task_type = :task)
              and (cast(:type as text) is null or signal_type = :type)
            group by period, model_card_id
            order by period, model_card_id collate "C\"""";

    /** All transactions before it have ended, so that what they wrote can be read. */
    private static final String POSITION = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    private static final String BY_HOUR = """
            select date_trunc('hour', at, 'UTC') as hour, model_card_id, task_type, count(*), sum(value)
            from quality_signals
            where %s
            group by hour, model_card_id, task_type
            order by hour, model_card_id collate "C", task_type collate "C\"""";

    /** A transaction that there has not been yet is one of the server from which the table was brought here. */
    private static final String HOURS = BY_HOUR.formatted("""
            at >= :from and at < :to
            and (written is null or written < cast(:before as xid8) or written >= pg_snapshot_xmax(pg_current_snapshot()))""");

    /** Reports are written soon; an old one has another server's transaction. */
    private static final String OF_OTHERS = BY_HOUR.formatted("""
            written >= cast(:from as xid8) and written < cast(:before as xid8)
            and writer <> :writer and at > now() - interval '1 day'""");

    private final Database database;
    private final UUID writer = UUID.randomUUID();

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

    private int insert(Handle handle, List<QualitySignal> signals) {
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (QualitySignal signal : signals) {
                batch.bind("at", utc(signal.at()))
                        .bind("card", signal.card())
                        .bind("task", signal.taskType())
                        .bind("type", signal.signalType())
                        .bind("value", signal.value())
                        .bind("writer", writer)
                        .add();
            }
            return batch.execute().length;
        }
    }

    @Override
    public List<SignalSum> sums(SignalQuery query, List<Instant> edges) {
        return database.read(handle -> handle.createQuery(SUMS)
                .bind("edges", edges.stream().map(PostgresSignalStore::utc).toArray(OffsetDateTime[]::new))
                .bind("first", utc(edges.getFirst()))
                .bind("last", utc(edges.getLast()))
                .bind("card", query.card())
                .bind("task", query.taskType())
                .bind("type", query.signalType())
                .map((row, context) -> sum(row))
                .list());
    }

    @Override
    public long position() {
        return database.read(
                handle -> handle.createQuery(POSITION).mapTo(Long.class).one());
    }

    @Override
    public List<SignalHour> ofOthers(long from, long before) {
        return database.read(handle -> handle.createQuery(OF_OTHERS)
                .bind("from", Long.toString(from))
                .bind("before", Long.toString(before))
                .bind("writer", writer)
                .map((row, context) -> hour(row))
                .list());
    }

    @Override
    public List<SignalHour> hours(Instant from, Instant to, long before) {
        return database.read(handle -> handle.createQuery(HOURS)
                .bind("from", utc(from))
                .bind("to", utc(to))
                .bind("before", Long.toString(before))
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
