package dev.llmgateway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries of the kind that models write for questions about usage: all are let through, and PostgreSQL executes them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsefulQueriesTest {

    private SqlBed bed;

    @BeforeAll
    void start() {
        bed = new SqlBed();
    }

    @AfterAll
    void stop() {
        bed.close();
    }

    @Test
    void areMany() {
        assertThat(SqlList.useful()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("dev.llmgateway.store.sql.SqlList#useful")
    void areExecuted(String sql) throws Exception {
        SafeQuery query = SqlGuard.check(sql);
        QueryResult result = bed.runner.run(query);

        assertThat(result.columns()).isNotEmpty();
        assertThat(SqlGuard.check(query.sql()).sql()).isEqualTo(query.sql());
        assertThat(result.rows())
                .as("rows of the text as it was written, up to the limit")
                .hasSize(Math.min(bed.rowsOf(sql), SqlGuard.MOST_ROWS));
    }
}
