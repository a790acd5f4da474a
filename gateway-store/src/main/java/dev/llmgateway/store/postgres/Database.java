package dev.llmgateway.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * A PostgreSQL database, and the pool of connections to it. It need not be there when this is opened, and may go and come back:
 * its tables are made, or brought up to date, when it is reached for the first time. Thread safe.
 *
 * <pre>{@code
 * try (Database database = Database.open(DatabaseSettings.of("postgres://me:secret@localhost/gateway", 5))) {
 *     RecordStore store = new PostgresRecordStore(database);
 * }
 * }</pre>
 */
public final class Database implements AutoCloseable {

    private static final String MIGRATIONS = "classpath:dev/llmgateway/store/postgres/migration";

    /** So long a call waits for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock migrating = new ReentrantLock();
    private volatile boolean isMigrated;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
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
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new Database(new HikariDataSource(config));
    }

    /**
     * The database, with its tables as they must be.
     *
     * @throws RuntimeException when it cannot be reached, or its tables cannot be made
     */
    public Jdbi jdbi() {
        if (!isMigrated) {
            migrate();
        }
        return jdbi;
    }

    /** The pool, for those who watch it. */
    public HikariDataSource pool() {
        return pool;
    }

    private void migrate() {
        migrating.lock();
        try {
            if (!isMigrated) {
                Flyway.configure()
                        .dataSource(pool)
                        .locations(MIGRATIONS)
                        .table("llm_gateway_migrations")
                        .load()
                        .migrate();
                isMigrated = true;
            }
        } finally {
            migrating.unlock();
        }
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        pool.close();
    }
}
