package dev.llmgateway.server;

import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.config.ConfigProblem;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database of {@code [database]}. */
final class ConfiguredDatabase {

    private ConfiguredDatabase() {}

    /**
     * Opens it, whether or not it can be reached now; null when there is none.
     *
     * @throws ConfigException when its address is none
     */
    static @Nullable Database open(StorageConfig.Database config) {
        if (config.url() == null) {
            return null;
        }
        try {
            return Database.open(DatabaseSettings.of(config.url().reveal(), config.maxConnections()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "the configuration",
                    List.of(new ConfigProblem(
                            "'url' in [database] is not a usable address", null, String.valueOf(e.getMessage()))));
        }
    }
}
