package dev.llmgateway.server;

import dev.llmgateway.server.config.Environment;
import dev.llmgateway.server.config.StorageConfig;
import dev.llmgateway.store.spool.Spool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The spool of {@code [database]}: one for each database, so that nothing that waits for one is ever put into another. */
final class ConfiguredSpool {

    private static final Logger LOG = System.getLogger("dev.llmgateway");

    /** So many characters tell the databases of one machine apart. */
    private static final int NAME_LENGTH = 16;

    private ConfiguredSpool() {}

    /**
     * Opens it; null when that is not possible, which is said in the log.
     *
     * @param database names the database, without a password
     */
    static @Nullable Spool open(StorageConfig.SpoolFiles config, String database) {
        Path directory = directory(config, System::getenv, Path.of(System.getProperty("user.home", "")));
        try {
            Spool spool = Spool.open(directory.resolve(nameOf(database)), config.maxBytes(), InstantSource.system());
            LOG.log(Level.INFO, "Records are kept in " + database + ", and wait in " + directory + " while it is away");
            return spool;
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "Records are kept in " + database + ". While it is away they wait in memory only, and are lost when"
                            + " that is full or this process ends: " + directory + " cannot be used, set"
                            + " database.spool_dir to a directory that can be written (" + e + ")");
            return null;
        }
    }

    /** Where the files of all databases are. */
    static Path directory(StorageConfig.SpoolFiles config, Environment environment, Path home) {
        if (config.directory() != null) {
            return config.directory();
        }
        String state = environment.lookup("XDG_STATE_HOME");
        Path base = state == null || state.isBlank() ? home.resolve(".local").resolve("state") : Path.of(state);
        return base.resolve("llm-gateway").resolve("spool");
    }

    private static String nameOf(String database) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(database.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
