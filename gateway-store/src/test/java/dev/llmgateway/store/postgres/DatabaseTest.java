package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @Test
    void makesItsTablesWhenItIsFirstUsed() {
        try (Database database = TestDatabase.open()) {
            assertThat(count(database, "proxy_records")).isZero();
            assertThat(count(database, "routing_traces")).isZero();
        }
    }

    private static long count(Database database, String table) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void findsTheTablesOfTheProcessBefore() {
        String url = TestDatabase.newUrl();
        try (Database first = Database.open(DatabaseSettings.of(url, 2))) {
            first.jdbi();
        }
        try (Database second = Database.open(DatabaseSettings.of(url, 2))) {
            assertThat(count(second, "proxy_records")).isZero();
        }
    }

    @Test
    void isNotBlamedForWhatItsReaderThrows() {
        try (Database database = TestDatabase.open()) {
            IllegalArgumentException own = new IllegalArgumentException("too many buckets");

            assertThatThrownBy(() -> database.read(handle -> {
                        throw own;
                    }))
                    .isSameAs(own);
            assertThatThrownBy(() -> database.read(handle -> handle.execute("select nothing_there()")))
                    .isInstanceOf(DatabaseException.class);
            assertThat(count(database, "proxy_records")).isZero();
        }
    }

    @Test
    void livesBesideTablesOfOthers() {
        String url = databaseAfter("create table theirs (id integer)");
        try (Database database = Database.open(DatabaseSettings.of(url, 2))) {
            assertThat(count(database, "proxy_records")).isZero();
            assertThat(count(database, "theirs")).isZero();
        }
    }

    @Test
    void saysThatTablesOfItsNamesAreOfSomebodyElse() {
        String url = databaseAfter("create table proxy_records (id integer)");

        assertThat(failure(url))
                .endsWith("has tables of the same names that are not of llm-gateway: give it a database of its own");
    }

    @Test
    void saysAtOnceThatItMayNotMakeTables() {
        String url =
                databaseAfter("create role guest login password 'guest'; revoke create on schema public from public");

        assertThat(failure(url.replace("postgres@", "guest:guest@")))
                .endsWith("does not allow its user to make tables: let it own the database, or a schema of its own");
    }

    @Test
    void refusesAnEncodingThatCannotKeepAllTexts() {
        String url =
                databaseAfter("create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");

        assertThat(failure(url.replaceFirst("[^/]*$", "latin")))
                .contains("/latin keeps texts in LATIN1: create one with encoding 'UTF8'");
    }

    @Test
    void writesAgainAfterATimeInWhichItCouldOnlyBeRead() {
        String url = TestDatabase.newUrl();
        String name = url.substring(url.lastIndexOf('/') + 1);
        assertThat(failure(url)).isNull();
        run(url, "alter database " + name + " set default_transaction_read_only = on");
        try (Database database = Database.open(DatabaseSettings.of(url, 1))) {
            PostgresRecordStore store = new PostgresRecordStore(database);
            assertThatThrownBy(store::clear)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageEndingWith("can only be read now: it is a standby, or set to read only");

            run(url, "set transaction read write; alter database " + name + " reset default_transaction_read_only");

            assertThat(store.clear()).isZero();
        }
    }

    @Test
    void saysThatTheEndOfTheChainIsLost() {
        String url = TestDatabase.newUrl();
        try (Database database = Database.open(DatabaseSettings.of(url, 1))) {
            database.jdbi().useHandle(handle -> handle.execute("delete from chain_head"));

            assertThatThrownBy(() -> AuditChain.verify(database, null))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("has lost the row of its table chain_head");
        }
    }

    /** The address of a database in which this was done before llm-gateway saw it. */
    private static String databaseAfter(String sql) {
        String url = TestDatabase.newUrl();
        run(url, sql);
        return url;
    }

    private static void run(String url, String sql) {
        DatabaseSettings settings = DatabaseSettings.of(url, 1);
        Jdbi.create(settings.jdbcUrl(), settings.user(), "").useHandle(handle -> handle.execute(sql));
    }

    private static @Nullable String failure(String url) {
        try (Database database = Database.open(DatabaseSettings.of(url, 2))) {
            database.jdbi();
            return null;
        } catch (DatabaseException e) {
            return e.getMessage();
        }
    }

    @Test
    void readsAddressesAsPeopleWriteThem() {
        DatabaseSettings settings = DatabaseSettings.of("postgres://me:p%40ss+1@db.local:5433/gate?sslmode=require", 3);

        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db.local:5433/gate?sslmode=require");
        assertThat(settings.user()).isEqualTo("me");
        assertThat(settings.password()).isEqualTo("p@ss+1");
        assertThat(DatabaseSettings.of("postgresql://db.local/gate", 3).jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.local/gate");
        DatabaseSettings several = DatabaseSettings.of("postgres://me@my_db:5432,[::1]/gate", 3);
        assertThat(several.jdbcUrl()).isEqualTo("jdbc:postgresql://my_db:5432,[::1]/gate");
        assertThat(several).hasToString("my_db:5432,[::1]/gate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://me:secret@db.local/gate",
                "postgres://me:secret@my_db:5432/gate",
                "postgresql://me@one:5432,my_two,[::1]:5433/gate?targetServerType=primary",
                "postgres://[::1]:65535/gate?sslmode=verify-full&applicationName=x",
                "jdbc:postgresql:gate",
                "jdbc:postgresql://one:1,two:2/gate?targetServerType=primary&requireAuth=md5,scram-sha-256",
                "jdbc:postgresql://one/gate?requireAuth=!password,!md5",
                "jdbc:postgresql://[::1]/gate?sslmode=REQUIRE&user=me&password=a%26b"
            })
    void takesWhatTheDriverTakes(String url) {
        assertThat(DatabaseSettings.expectedInsteadOf(url)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
                    postgres://me:secret@db.local:99999/gate port
                    postgres://me:secret@db.local:0/gate port
                    jdbc:postgresql://one:1,two:70000/gate port
                    jdbc:postgresql://one:x/gate port
                    jdbc:postgresql://me:secret@one/gate postgres://user:password@host:5432/name
                    postgres://me:secret@ postgres://user:password@host:5432/name
                    postgres://me:secret@one:5432,two:70000/gate port
                    postgres://me:secret@one:5432,/gate postgres://user:password@host:5432/name
                    postgres://me:secret%zz@db.local/gate postgres://user:password@host:5432/name
                    mysql://me:secret@db.local/gate postgres://user:password@host:5432/name
                    postgres://me:secret@db.local/gate?host=/var/run/secret "?"
                    postgres://me:secret@db.local/gate?sslmode=disable&port=1 "?"
                    postgres://me:secret@db.local/gate?target_session_attrs=any targetServerType
                    postgres://me:secret@db.local/gate?sslmode=bogus sslmode
                    postgres://me:secret@db.local/gate?user=a&sslmode sslmode
                    jdbc:postgresql://one/gate?sslmode=%7 sslmode
                    postgres://me:secret@db.local/gate?sslmode=disable,allow sslmode
                    jdbc:postgresql://one/gate?targetServerType=secret targetServerType
                    """)
    void tellsWhatItExpectsInsteadWithoutShowingTheAddress(String url, String expected) {
        assertThat(DatabaseSettings.expectedInsteadOf(url))
                .startsWith("expected ")
                .contains(expected)
                .doesNotContain("secret", "db.local");
    }

    @Test
    void refusesOtherAddressesWithoutShowingThem() {
        assertThatThrownBy(() -> DatabaseSettings.of("postgres://me:secret@", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://user:password@host:5432/name")
                .hasMessageNotContaining("secret");
    }
}
