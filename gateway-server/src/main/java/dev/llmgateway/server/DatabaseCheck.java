package dev.llmgateway.server;

import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks whether a database can be used, and says so, for whoever reads the log of a start. Nothing waits for it. */
final class DatabaseCheck {

    private static final Logger LOG = System.getLogger("dev.llmgateway");

    private DatabaseCheck() {}

    /** Makes its tables at once when it can be reached. */
    static void start(Database database) {
        Thread.ofVirtual().name("llm-gateway-database-check").start(() -> check(database));
    }

    private static void check(Database database) {
        try {
            database.jdbi();
            LOG.log(Level.INFO, "The database is ready");
        } catch (DatabaseException e) {
            LOG.log(
                    Level.WARNING,
                    "Calls are answered, and recorded when the database can be used; now " + e.getMessage());
        }
    }
}
