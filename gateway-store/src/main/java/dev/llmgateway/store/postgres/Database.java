package dev.llmgateway.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A PostgreSQL database, and the pool of connections to it. It need not be there when this is opened, and may go and come back:
 * its tables are made, or brought up to date, when it is reached for the first time. No statement takes longer than 5 seconds,
 * unless it sets another limit for itself. Thread safe.
 *
 * <pre>{@code
 * try (Database database = Database.open(DatabaseSettings.of("postgres://me:secret@localhost/gateway", 5))) {
 *     RecordStore store = new PostgresRecordStore(database);
 * }
 * }</pre>
 */
public final class Database implements AutoCloseable {

    /** So long a call waits for a connection, and a statement for its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A connection is given up when nothing at all comes for so long: longer than a statement may take. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** Values differ much in how often they occur, so a plan is made for each; what is asked is too short to be compiled. */
    private static final String SESSION = "set statement_timeout = " + PATIENCE.toMillis()
            + "; set idle_in_transaction_session_timeout = "
            + Duration.ofMinutes(1).toMillis()
            + "; set plan_cache_mode = force_custom_plan; set jit = off"
            + "; set default_transaction_isolation = 'read committed'";

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock migrating = new ReentrantLock();
    private volatile boolean isMigrated;

    private Database(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool)
                .registerArrayType(String.class, "text")
                .registerArrayType(OffsetDateTime.class, "timestamptz");
    }

    /** A database that is not asked for anything yet. */
    public static Database open(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("llm-gateway");
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SESSION);
        config.setExceptionOverride(new StaleConnections());
        connection().forEach(config::addDataSourceProperty);
        config.addDataSourceProperty("socketTimeout", String.valueOf(SILENCE.toSeconds()));
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new Database(settings, new HikariDataSource(config));
    }

    /** What the driver is told for each connection; errors are not to show what is in the database. */
    private static Map<String, String> connection() {
        String seconds = String.valueOf(PATIENCE.toSeconds());
        return Map.of(
                "ApplicationName", "llm-gateway",
                "connectTimeout", seconds,
                "loginTimeout", seconds,
                "tcpKeepAlive", "true",
                "logServerErrorDetail", "false");
    }

    /**
     * The database, with its tables as they must be.
     *
     * @throws DatabaseException when it cannot be reached, or its tables cannot be made
     */
    public Jdbi jdbi() {
        if (!isMigrated) {
            try {
                migrate();
            } catch (RuntimeException e) {
                throw DatabaseErrors.of(settings, e);
            }
        }
        return jdbi;
    }

    /**
     * Does something in one transaction, which fails with a {@link DatabaseException} whatever the reason.
     *
     * @throws DatabaseException when the database cannot be reached, or does not do it
     */
    public <T> T write(HandleCallback<T, SQLException> work) {
        Jdbi ready = jdbi();
        try {
            return ready.inTransaction(work);
        } catch (SQLException | RuntimeException e) {
            throw DatabaseErrors.of(settings, e);
        }
    }

    /**
     * Reads one state of the database, with however many statements. What {@code work} throws for reasons of its own is passed on as
     * it is: whoever asks may find only then, from what was read, that the question makes no sense.
     *
     * @throws DatabaseException when the database cannot be reached, or does not do it
     */
    public <T> T read(HandleCallback<T, SQLException> work) {
        Jdbi ready = jdbi();
        try {
            return ready.inTransaction(handle -> {
                handle.execute("set transaction isolation level repeatable read");
                return work.withHandle(handle);
            });
        } catch (SQLException | JdbiException e) {
            throw DatabaseErrors.of(settings, e);
        }
    }

    /** The pool, for those who watch it. */
    public HikariDataSource pool() {
        return pool;
    }

    private void migrate() {
        boolean isMine = false;
        try {
            isMine = migrating.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!isMine) {
                throw new DatabaseException("the tables of the database are being made, or it cannot be reached", null);
            }
            if (!isMigrated) {
                new Tables(settings, connection()).make();
                isMigrated = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("the wait for the database was interrupted", e);
        } finally {
            if (isMine) {
                migrating.unlock();
            }
        }
    }

    /** Names the place, never the password. */
    @Override
    public String toString() {
        return settings.toString();
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        pool.close();
    }
}
