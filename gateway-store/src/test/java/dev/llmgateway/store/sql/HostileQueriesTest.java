package dev.llmgateway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.store.sql.SqlList.Hostile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody may do, by two walls: the guard refuses it, and PostgreSQL would not do it either. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileQueriesTest {

    private SqlBed bed;
    private String before;

    @BeforeAll
    void start() {
        bed = new SqlBed();
        before = bed.checksum();
    }

    @AfterAll
    void stop() {
        assertThat(bed.checksum()).as("all tables").isEqualTo(before);
        bed.close();
    }

    @Test
    void areMany() {
        assertThat(SqlList.hostile()).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @MethodSource("dev.llmgateway.store.sql.SqlList#hostile")
    void areRefusedWithASentence(Hostile hostile) {
        assertThatThrownBy(() -> SqlGuard.check(hostile.sql()))
                .isInstanceOfSatisfying(
                        RefusedSql.class,
                        refused -> assertThat(refused.sentence())
                                .hasSizeBetween(20, 700)
                                .doesNotContain("jsqlparser", "Exception", "\n"));
    }

    @ParameterizedTest
    @MethodSource("dev.llmgateway.store.sql.SqlList#stoppedTwice")
    void wouldNotBeExecutedEither(Hostile hostile) throws SQLException {
        try (Connection connection = bed.runner.connect();
                Statement statement = QueryRunner.begin(connection, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> statement.execute(hostile.sql())).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void endWhenTheyTakeTooLong() throws SQLException {
        try (Connection connection = bed.runner.connect();
                Statement statement = QueryRunner.begin(connection, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> statement.execute("select count(*) from generate_series(1, 1000000000)"))
                    .hasMessageContaining("statement timeout");
        }
    }
}
