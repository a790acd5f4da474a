package dev.llmgateway.store.postgres;

import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Makes the tables, or brings them up to date. Tables of others may be in the same database. */
final class Tables {

    private static final String MIGRATIONS = "classpath:dev/llmgateway/store/postgres/migration";

    private static final String HISTORY = "llm_gateway_migrations";

    /** Flyway would try again for most of a minute before it says so. */
    private static final String MAY_NOT = "select to_regclass('" + HISTORY + "') is null"
            + " and not coalesce(has_schema_privilege(current_schema(), 'create'), false)";

    private final DatabaseSettings settings;
    private final Map<String, String> connection;

    /** @param connection what the driver is told */
    Tables(DatabaseSettings settings, Map<String, String> connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** Not through a pool: to change large tables may take longer than its connections wait. */
    void make() {
        try (Handle handle = Jdbi.create(settings.jdbcUrl(), properties()).open()) {
            mustKeepAllTexts(handle);
            mustAllowTables(handle);
        }
        Flyway.configure()
                .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                .jdbcProperties(connection)
                .locations(MIGRATIONS)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(connection);
        if (settings.user() != null) {
            properties.put("user", settings.user());
        }
        if (settings.password() != null) {
            properties.put("password", settings.password());
        }
        return properties;
    }

    /** Other encodings lack most characters: records that have them would be refused one by one. */
    private void mustKeepAllTexts(Handle handle) {
        String encoding =
                handle.createQuery("show server_encoding").mapTo(String.class).one();
        if (!encoding.equals("UTF8")) {
            throw new DatabaseException(
                    "the database " + settings + " keeps texts in " + encoding
                            + ": create one with encoding 'UTF8' (and template template0)",
                    null);
        }
    }

    private void mustAllowTables(Handle handle) {
        if (handle.createQuery(MAY_NOT).mapTo(Boolean.class).one()) {
            throw new DatabaseException(
                    "the database " + settings
                            + " does not allow its user to make tables: let it own the database, or a schema of its own",
                    null);
        }
    }
}
