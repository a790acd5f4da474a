package dev.llmgateway.store.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain of all entries from its begin to its head, one entry at a time, and tells whether anything was changed,
 * removed, moved or put in since it was written. It reads one state of the database while others go on writing; for millions of
 * entries that takes minutes.
 *
 * <p>Nothing in the database is secret from whoever may write there: who can rewrite a whole chain, or cut off its end and set its
 * head back, leaves one that is consistent. Against that helps a head that was noted elsewhere before.
 *
 * <pre>{@code
 * AuditReport report = AuditChain.verify(database, null);
 * System.out.println(report.isIntact() + ", note this elsewhere: " + report.head());
 * }</pre>
 */
public final class AuditChain {

    private static final Logger LOG = System.getLogger(AuditChain.class.getName());

    /** Rows are to come in their order at once, not after all of them have been sorted. */
    private static final String PLAN = "set local enable_sort = off; set local enable_hashjoin = off;"
            + " set local enable_mergejoin = off; set local enable_seqscan = off;"
            + " set local max_parallel_workers_per_gather = 0";

    private static final String CHANGED =
            " of the records is not as it was written: it, and what came after it, is kept"
                    + " whatever its age; audit verify tells more";

    private AuditChain() {}

    /**
     * Verifies.
     *
     * @param expected an entry that the chain had before; null when none is known
     * @throws DatabaseException when the database cannot be reached, or goes away meanwhile
     */
    public static AuditReport verify(Database database, @Nullable ChainPoint expected) {
        return database.read(handle -> verify(handle, expected));
    }

    private static AuditReport verify(Handle handle, @Nullable ChainPoint expected) throws SQLException {
        Connection connection = handle.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(PLAN);
        }
        ChainLink head = ChainHead.read(connection);
        ChainPoint begin = begin(connection);
        ChainWalk walk = new ChainWalk(begin, expected);
        try (ChainReader reader = ChainReader.open(connection, begin.seq())) {
            ChainEntry entry = reader.next();
            while (entry != null) {
                walk.step(entry);
                entry = reader.next();
            }
        }
        return walk.end(ChainPoint.of(head.seq(), head.hash()));
    }

    /**
     * The last entry before which all are as they were written, itself one; null when already the first is not. A warning in the log
     * tells of the first that is not. That some are missing is not looked for here.
     *
     * @param last no entry behind this is looked at
     */
    static @Nullable ChainLink lastUnchanged(Connection connection, long last) throws SQLException {
        ChainLink unchanged = null;
        try (ChainReader reader = ChainReader.open(connection, begin(connection).seq(), last)) {
            ChainEntry entry = reader.next();
            while (entry != null) {
                if (!entry.isAsWritten()) {
                    LOG.log(Level.WARNING, entry.describe() + CHANGED);
                    return unchanged;
                }
                unchanged = entry.link();
                entry = reader.next();
            }
        }
        return unchanged;
    }

    private static ChainPoint begin(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select last_seq, last_hash from chain_removals order by seq desc limit 1");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? ChainPoint.of(row.getLong(1), row.getBytes(2)) : ChainPoint.of(0, new byte[32]);
        }
    }
}
