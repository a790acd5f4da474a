package dev.llmgateway.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The latest entry of the chain, in a row of its own. */
final class ChainHead {

    private static final String READ = "select seq, chain_hash from chain_head";

    private ChainHead() {}

    /** The head; nobody else may move it until the transaction ends. */
    static ChainLink lock(Connection connection) throws SQLException {
        return read(connection, READ + " for update");
    }

    /** The head as this transaction sees it. */
    static ChainLink read(Connection connection) throws SQLException {
        return read(connection, READ);
    }

    private static ChainLink read(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new DatabaseException(
                        "the database has lost the row of its table chain_head, which says where the records end",
                        null);
            }
            return new ChainLink(row.getLong(1), new byte[0], row.getBytes(2));
        }
    }

    /** Moves the head that this transaction has locked. */
    static void move(Connection connection, ChainLink head) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update chain_head set seq = ?, chain_hash = ?")) {
            statement.setLong(1, head.seq());
            statement.setBytes(2, head.hash());
            statement.executeUpdate();
        }
    }
}
