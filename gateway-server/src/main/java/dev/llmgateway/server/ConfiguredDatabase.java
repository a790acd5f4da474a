package dev.llmgateway.server;

import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/** The database of {@code [database]}. */
final class ConfiguredDatabase {

    private ConfiguredDatabase() {}

    /** Opens it, whether or not it can be reached now; null when there is none. */
    static @Nullable Database open(StorageConfig.Database config) {
        if (config.url() == null) {
            return null;
        }
        Database database = Database.open(DatabaseSettings.of(config.url().reveal(), config.maxConnections()));
        DatabaseCheck.start(database);
        return database;
    }
}
