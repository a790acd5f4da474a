package dev.llmgateway.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the entries of the chain in the order of their numbers, from the three tables that they are in. Not thread safe. */
final class ChainReader implements AutoCloseable {

    /** So many rows are in memory at a time, of each table; what was said in a call may be long. */
    private static final int ROWS_AT_A_TIME = 50;

    private final List<Source> sources = new ArrayList<>();

    private ChainReader() {}

    /** A reader of the entries after one, to the end of the chain. */
    static ChainReader open(Connection connection, long after) throws SQLException {
        return open(connection, after, Long.MAX_VALUE);
    }

    /** A reader of the entries after one, up to another. */
    static ChainReader open(Connection connection, long after, long last) throws SQLException {
        ChainReader reader = new ChainReader();
        ChainRows rows = new ChainRows(connection);
        try {
            reader.sources.add(new Source(prepare(connection, ChainRows.CALLS, after, last), rows::call));
            reader.sources.add(new Source(prepare(connection, ChainRows.CHARGES, after, last), rows::charge));
            reader.sources.add(new Source(prepare(connection, ChainRows.REMOVALS, after, last), rows::removal));
            return reader;
        } catch (SQLException e) {
            reader.close();
            throw e;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, long after, long last)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(ROWS_AT_A_TIME);
        statement.setLong(1, after);
        statement.setLong(2, last);
        return statement;
    }

    /** The entry with the lowest number that was not read before; null after the last. */
    @Nullable
    ChainEntry next() throws SQLException {
        Source lowest = null;
        for (Source source : sources) {
            if (source.entry != null && (lowest == null || lowest.entry == null || source.seq() < lowest.seq())) {
                lowest = source;
            }
        }
        return lowest == null ? null : lowest.take();
    }

    @Override
    public void close() throws SQLException {
        for (Source source : sources) {
            source.close();
        }
    }

    private interface Reading {
        ChainEntry read(ResultSet row) throws SQLException;
    }

    /** One table, with the next of its entries. */
    private static final class Source implements AutoCloseable {

        private final PreparedStatement statement;
        private final ResultSet rows;
        private final Reading reading;
        private @Nullable ChainEntry entry;

        Source(PreparedStatement statement, Reading reading) throws SQLException {
            this.reading = reading;
            this.statement = statement;
            rows = statement.executeQuery();
            entry = read();
        }

        private @Nullable ChainEntry read() throws SQLException {
            return rows.next() ? reading.read(rows) : null;
        }

        long seq() {
            return entry == null ? Long.MAX_VALUE : entry.link().seq();
        }

        @Nullable
        ChainEntry take() throws SQLException {
            ChainEntry taken = entry;
            entry = read();
            return taken;
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
