package dev.llmgateway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.store.postgres.DatabaseSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryRunnerTest {

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
    void tellsColumnsTypesAndValues() {
        QueryResult result = run(
                "select 7 as n, 0.10 as cost, 1.5::float8 as f, true as yes, 'x' as t, null as nothing,"
                        + " timestamptz '2026-01-02 03:04:05.678+02' as at, date '2026-01-02' as day, timestamp '2026-01-02 03:04' as t2,"
                        + " interval '90 minutes' as span, 'NaN'::float8 as nan, 'infinity'::timestamptz as ever, count(*) from quality_signals");

        assertThat(result.columns())
                .extracting(QueryResult.Column::type)
                .containsExactly(
                        "int4",
                        "numeric",
                        "float8",
                        "bool",
                        "text",
                        "text",
                        "timestamptz",
                        "date",
                        "timestamp",
                        "interval",
                        "float8",
                        "timestamptz",
                        "int8");
        assertThat(result.columns().getLast().name()).isEqualTo("count");
        assertThat(result.rows())
                .containsExactly(Arrays.asList(
                        7L,
                        new BigDecimal("0.10"),
                        new BigDecimal("1.5"),
                        true,
                        "x",
                        null,
                        "2026-01-02T01:04:05.678Z",
                        "2026-01-02",
                        "2026-01-02T03:04:00",
                        "01:30:00",
                        "NaN",
                        "infinity",
                        200L));
    }

    @Test
    void saysWhetherThereAreMoreRows() {
        assertThat(run("select request_id from proxy_records").isTruncated()).isTrue();
        assertThat(run("select request_id from proxy_records").rows()).hasSize(1_000);
        assertThat(run("select request_id from proxy_records limit 5000").isTruncated())
                .isTrue();
        assertThat(run("select request_id from proxy_records limit 10").isTruncated())
                .isFalse();
        assertThat(run("select request_id from proxy_records order by at limit 1000 offset 600")
                        .rows())
                .hasSize(900);
        assertThat(run("select request_id from proxy_records order by at offset 500")
                        .isTruncated())
                .isFalse();
        assertThat(run("select model from proxy_records limit 0").rows()).isEmpty();
    }

    @Test
    void endsWhatTakesTooLong() {
        SafeQuery slow = SqlGuard.check(
                "select count(*) from proxy_records a join proxy_records b on a.profile = b.profile"
                        + " join proxy_records c on b.profile = c.profile join proxy_records d on d.profile = c.profile");

        assertFails(bed.runner.within(Duration.ofMillis(200)), slow, QueryFailure.Kind.TOO_SLOW, "took longer than");
    }

    @Test
    void refusesResultsThatAreTooLarge() {
        assertFails(
                bed.runner,
                SqlGuard.check("with a as (select 1 as one, string_agg(request_id, ',') as x from proxy_records)"
                        + " select x from a join proxy_records r on a.one = r.attempts"),
                QueryFailure.Kind.TOO_LARGE,
                "larger than 8MB");
    }

    @Test
    void tellsWhatPostgresSaysWithoutItsInsides() {
        assertFails(
                bed.runner,
                SqlGuard.check("select 1 / 0 as x"),
                QueryFailure.Kind.WRONG,
                "refuses the query: division by zero");
        assertThatThrownBy(() -> run("select model, count(*) from proxy_records"))
                .hasMessageContaining("must appear in the GROUP BY clause")
                .hasMessageNotContaining("Position")
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysThatTheDatabaseIsNotThere() {
        QueryRunner nobody = QueryRunner.of(DatabaseSettings.of("postgres://127.0.0.1:1/gone", 1));

        assertFails(nobody, SqlGuard.check("select 1"), QueryFailure.Kind.NO_DATABASE, "cannot be reached");
    }

    @Test
    void saysBeforeThereIsAQueryThatNoneCouldBeExecuted() {
        QueryRunner nobody = QueryRunner.of(DatabaseSettings.of("postgres://127.0.0.1:1/gone", 1));
        bed.runner.requireReady();

        assertThatThrownBy(nobody::requireReady)
                .isInstanceOfSatisfying(
                        QueryFailure.class, e -> assertThat(e.kind()).isEqualTo(QueryFailure.Kind.NO_DATABASE));
    }

    @Test
    void whoComesWhenOthersAreAtWorkWaitsForThem() throws Exception {
        SafeQuery slow =
                SqlGuard.check("select count(*) from proxy_records a join proxy_records b on a.profile = b.profile");
        List<FutureTask<QueryResult>> questions = Stream.generate(() -> new FutureTask<>(() -> bed.runner.run(slow)))
                .limit(4)
                .toList();

        questions.forEach(Thread.ofVirtual()::start);

        for (FutureTask<QueryResult> question : questions) {
            assertThat(question.get().rows()).hasSize(1);
        }
    }

    @Test
    void saysThatThereAreNoTables() {
        String url = bed.settings.jdbcUrl().replaceFirst("/[^/]*$", "/postgres");
        QueryRunner empty = QueryRunner.of(new DatabaseSettings(url, bed.settings.user(), null, 1));

        assertFails(empty, SqlGuard.check("select 1"), QueryFailure.Kind.NO_DATABASE, "no records yet");
    }

    @Test
    void worksAsAUserThatMayOnlySelect() {
        bed.execute("create role asks login");
        bed.execute("grant select on proxy_records, quality_signals to asks");
        QueryRunner asks = QueryRunner.of(new DatabaseSettings(bed.settings.jdbcUrl(), "asks", null, 1));

        assertThat(asks.run(SqlGuard.check("select count(*) from proxy_records"))
                        .rows())
                .containsExactly(List.of(1_500L));
    }

    @Test
    void findsTheTablesInWhateverSchemaTheyAreAndNoFunctionsThere() {
        bed.execute("create function public.lower(text, integer) returns text language sql as 'select ''theirs'''");

        assertThatThrownBy(() -> run("select lower(model, 1) from proxy_records"))
                .hasMessageContaining("lower");
        assertThat(run("select lower('A') as a").rows()).containsExactly(List.of("a"));
    }

    @Test
    void knowsOnlyColumnsThatTheTablesHave() {
        for (String table : QueryTables.names()) {
            assertThat(run("select * from " + table + " limit 1").columns())
                    .extracting(QueryResult.Column::name)
                    .isEqualTo(QueryTables.columns(table));
        }
        assertThat(QueryTables.describe()).contains("proxy_records\n  request_id text: ", "\n\nquality_signals\n");
    }

    private QueryResult run(String sql) {
        return bed.runner.run(SqlGuard.check(sql));
    }

    private static void assertFails(QueryRunner runner, SafeQuery query, QueryFailure.Kind kind, String sentence) {
        assertThatThrownBy(() -> runner.run(query)).isInstanceOfSatisfying(QueryFailure.class, failure -> {
            assertThat(failure.sentence()).contains(sentence);
            assertThat(failure.kind()).as(failure.sentence()).isEqualTo(kind);
        });
    }
}
