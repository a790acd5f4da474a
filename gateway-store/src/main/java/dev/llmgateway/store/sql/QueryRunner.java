package dev.llmgateway.store.sql;

import dev.llmgateway.store.postgres.DatabaseSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Executes queries that passed the {@link SqlGuard}, each on a connection of its own and in a transaction that can only read and
 * is never committed. PostgreSQL ends it after {@link #LONGEST}; rows, bytes and memory are bounded, and only so many run at a
 * time. Names that are not the query's own mean what PostgreSQL itself has, whatever the settings of the database say. Thread safe.
 */
public final class QueryRunner {

    /** Then PostgreSQL ends the query. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(QueryRunner.class.getName());

    private static final int MOST_AT_A_TIME = 2;

    /** The whole answer, as it comes over the wire. */
    private static final String MOST_BYTES = "8M";

    private static final String TIMED_OUT = "57014";

    private static final String BOUNDS = """
            set default_transaction_read_only = on;
            set transaction read only;
            set local search_path = pg_catalog, pg_temp;
            set local lock_timeout = '1s';
            set local work_mem = '16MB';
            set local max_parallel_workers_per_gather = 0;
            set local jit = off;
            set local timezone = 'UTC';
            set local datestyle = 'ISO';
            set local intervalstyle = 'postgres';
            set local standard_conforming_strings = on;
            """;

    private final DatabaseSettings settings;
    private final Duration longest;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME, true);

    private QueryRunner(DatabaseSettings settings, Duration longest) {
        this.settings = settings;
        this.longest = longest;
    }

    /** Executes queries as the user of these settings, which needs to be allowed SELECT alone. */
    public static QueryRunner of(DatabaseSettings settings) {
        return new QueryRunner(settings, LONGEST);
    }

    /** A runner with less patience. */
    QueryRunner within(Duration limit) {
        return new QueryRunner(settings, limit);
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Sees whether a query could be executed now, so that nobody writes one in vain.
     *
     * @throws QueryFailure when it could not: nobody is there, or has time, to execute it
     */
    public void requireReady() {
        connected(QueryRunner::schema);
    }

    /**
     * Executes a query and returns all that it finds.
     *
     * @throws QueryFailure when there is no result
     */
    public QueryResult run(SafeQuery query) {
        return connected(connection -> run(query, connection));
    }

    private <T> T connected(Work<T> work) {
        takePlace();
        try (Connection connection = connect()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            places.release();
        }
    }

    /** Waits for as long as a query may take, since somebody has paid for this one. */
    private void takePlace() {
        try {
            if (places.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new QueryFailure(
                QueryFailure.Kind.BUSY,
                "as many questions as may run at a time are running: ask again in some seconds");
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (settings.user() != null) {
            PGProperty.USER.set(properties, settings.user());
        }
        if (settings.password() != null) {
            PGProperty.PASSWORD.set(properties, settings.password());
        }
        PGProperty.CONNECT_TIMEOUT.set(properties, 5);
        PGProperty.LOGIN_TIMEOUT.set(properties, 5);
        PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(longest.toSeconds()) + 5);
        PGProperty.MAX_RESULT_BUFFER.set(properties, MOST_BYTES);
        PGProperty.APPLICATION_NAME.set(properties, "llm-gateway questions");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    private QueryResult run(SafeQuery query, Connection connection) throws SQLException {
        String schema = schema(connection);
        try (Statement statement = begin(connection, longest);
                ResultSet found = statement.executeQuery(query.statement(schema))) {
            return ResultReader.read(found, query.limit());
        }
    }

    /** Begins the transaction in which the next statement is executed, and which ends without effect when the connection does. */
    static Statement begin(Connection connection, Duration longest) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        Statement statement = connection.createStatement();
        statement.execute(BOUNDS + "set local statement_timeout = " + longest.toMillis());
        return statement;
    }

    /** Where the tables are, by the settings of the database, before these are set aside. */
    private static String schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select relnamespace::regnamespace::text from pg_catalog.pg_class"
                                + " where oid = pg_catalog.to_regclass('"
                                + QueryTables.names().getFirst() + "')")) {
            if (found.next()) {
                return found.getString(1);
            }
        }
        throw new QueryFailure(
                QueryFailure.Kind.NO_DATABASE,
                "the database has no records yet: its tables are not made, or not to be seen");
    }

    private QueryFailure failure(SQLException e) {
        LOG.log(Level.DEBUG, "a question's query failed", e);
        String state = String.valueOf(e.getSQLState());
        if (state.equals(TIMED_OUT)) {
            return new QueryFailure(
                    QueryFailure.Kind.TOO_SLOW,
                    "the query took longer than " + longest.toSeconds() + " s: ask about a shorter time");
        }
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
            return new QueryFailure(
                    QueryFailure.Kind.TOO_LARGE, "the result is larger than " + MOST_BYTES + "B: ask for less of it");
        }
        if (PSQLState.isConnectionError(state)
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("28")) {
            return new QueryFailure(QueryFailure.Kind.NO_DATABASE, "the database cannot be reached now");
        }
        return new QueryFailure(QueryFailure.Kind.WRONG, "PostgreSQL refuses the query: " + reason(e));
    }

    /** The first line of PostgreSQL's own message alone: no place in its sources, no context. */
    private static String reason(SQLException e) {
        if (e instanceof PSQLException server && server.getServerErrorMessage() != null) {
            return String.valueOf(server.getServerErrorMessage().getMessage())
                    .lines()
                    .findFirst()
                    .orElse("no reason given");
        }
        return "no reason given";
    }
}
