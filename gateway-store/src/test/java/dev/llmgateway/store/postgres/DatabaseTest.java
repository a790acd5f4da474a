package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
    void readsAddressesAsPeopleWriteThem() {
        DatabaseSettings settings = DatabaseSettings.of("postgres://me:p%40ss+1@db.local:5433/gate?sslmode=require", 3);

        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db.local:5433/gate?sslmode=require");
        assertThat(settings.user()).isEqualTo("me");
        assertThat(settings.password()).isEqualTo("p@ss+1");
        assertThat(DatabaseSettings.of("postgresql://db.local/gate", 3).jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.local/gate");
    }

    @Test
    void refusesOtherAddressesWithoutShowingThem() {
        assertThatThrownBy(() -> DatabaseSettings.of("postgres://me:secret@", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://user:password@host:5432/name")
                .hasMessageNotContaining("secret");
    }
}
