package dev.llmgateway.bench.outage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that is started and stopped; what is in it stays. */
final class OwnPostgres implements AutoCloseable {

    private final Path directory;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    OwnPostgres(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    String url() {
        return "postgres://postgres@127.0.0.1:" + port + "/postgres";
    }

    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** How often each call is in the table of records. */
    Map<String, Integer> recorded() throws IOException {
        if (server == null) {
            throw new IOException("the database is not running");
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select request_id from proxy_records")) {
            Map<String, Integer> found = new HashMap<>();
            while (rows.next()) {
                found.merge(rows.getString(1), 1, Integer::sum);
            }
            return found;
        } catch (SQLException e) {
            throw new IOException("the records cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
