package dev.llmgateway.server;

import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** The database of {@code [database]}. */
final class ConfiguredDatabase {

    private ConfiguredDatabase() {}

    /** Opens it, whether or not it can be reached now, and shows its pool in a registry; null when there is none. */
    static @Nullable Database open(StorageConfig.Database config, MeterRegistry registry) {
        if (config.url() == null) {
            return null;
        }
        Database database = Database.open(DatabaseSettings.of(config.url().reveal(), config.maxConnections()));
        database.pool().setMetricRegistry(registry);
        DatabaseCheck.start(database);
        return database;
    }
}
