package dev.llmgateway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlGuardTest {

    @Test
    void writesTheQueryAnew() {
        assertThat(
                        sql(
                                "select  Model, SUM(cost_usd) as Total /* all */ from PROXY_RECORDS p -- yes\n where p.status=200 group by 1;"))
                .isEqualTo(
                        "SELECT model, sum(cost_usd) AS \"total\" FROM proxy_records \"p\" WHERE \"p\".status = 200 GROUP BY 1 LIMIT 1000");
    }

    @ParameterizedTest
    @CsvSource({"'',1000", "limit 5,5", "limit 1000,1000", "limit 1001,1000", "limit 999999999,1000", "limit 0,0"})
    void hasAlwaysALimit(String written, int limit) {
        assertThat(sql("select model from proxy_records " + written))
                .isEqualTo("SELECT model FROM proxy_records LIMIT " + limit);
    }

    @Test
    void limitsTheWholeOfAUnion() {
        assertThat(sql("select model from proxy_records union (select source from proxy_records limit 5000) offset 7"))
                .isEqualTo(
                        "SELECT model FROM proxy_records UNION (SELECT source FROM proxy_records LIMIT 5000) LIMIT 1000 OFFSET 7");
    }

    @Test
    void takesTheTablesFromWhereTheyAreAndOnlyTheColumnsThatItKnows() {
        assertThat(SqlGuard.check("select * from quality_signals limit 3").statement("my \"own\""))
                .endsWith(
                        ", quality_signals AS NOT MATERIALIZED (SELECT id, at, model_card_id, task_type, signal_type, value FROM"
                                + " \"my \"\"own\"\"\".quality_signals) SELECT * FROM quality_signals LIMIT 3");
    }

    @Test
    void sendsNoCommentAndNothingOfOne() {
        assertThat(sql("select model from proxy_records /* ; drop table x */ where /* from proxy_bodies */ stream"))
                .isEqualTo("SELECT model FROM proxy_records WHERE stream LIMIT 1000");
        assertThat(sql("select model from proxy_records /*")).isEqualTo("SELECT model FROM proxy_records LIMIT 1000");
    }

    @Test
    void putsNewNamesInQuotesSoThatTheyCannotBeWordsOfPostgres() {
        assertThat(sql("select user from (select model as user from proxy_records) t"))
                .isEqualTo("SELECT \"user\" FROM (SELECT model AS \"user\" FROM proxy_records) \"t\" LIMIT 1000");
    }

    @Test
    void keepsTextsAsTheyAre() {
        assertThat(sql("select 'it''s; -- /* \"x\" ü' as a"))
                .isEqualTo("SELECT 'it''s; -- /* \"x\" ü' AS \"a\" LIMIT 1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from proxy_records | only SELECT is allowed",
                "select 1; select 2 | there are 2 statements",
                "select request from proxy_bodies | there is no table proxy_bodies: there are proxy_records and quality_signals",
                "select prompt from proxy_records | there is no column prompt: known here are at, attempt_error",
                "select q.modell from quality_signals q | there is no column q.modell",
                "select pg_sleep(9) | the function pg_sleep is not allowed",
                "select x from proxy_records where | (line 1, column",
                "select * from proxy_records for update | something that is not allowed at \"forupdate\"",
                "select 'x'::regclass | the type regclass is not allowed",
                "select model from proxy_records a, proxy_records b | use JOIN ... ON",
                "with recursive r as (select 1 as n) select n from r | WITH RECURSIVE is not allowed",
            })
    void saysWhatIsNotAllowed(String sql, String sentence) {
        assertThatThrownBy(() -> SqlGuard.check(sql))
                .isInstanceOf(RefusedSql.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> SqlGuard.check("select '" + "x".repeat(4_000) + "'"))
                .hasMessageContaining("at most 4000");
        assertThatThrownBy(() -> SqlGuard.check("select " + "(".repeat(500) + "1" + ")".repeat(500)))
                .hasMessageContaining("more than 20 others");
        assertThatThrownBy(() -> SqlGuard.check("select 1" + " union select 1".repeat(50)))
                .hasMessageContaining("more than 12 SELECTs");
        assertThatThrownBy(() -> SqlGuard.check(" \n ")).hasMessageContaining("there is no query");
    }

    @Test
    void takesLongChainsOfOperatorsOnAnyThread() throws Exception {
        FutureTask<String> chain = new FutureTask<>(() -> sql("select 1" + " + 1".repeat(900)));

        Thread.ofVirtual().start(chain).join();

        assertThat(chain.get()).hasSizeGreaterThan(3_600);
    }

    @Test
    void tellsItsRules() {
        assertThat(SqlGuard.rules())
                .contains("percentile_cont", "timestamptz", "+ - * / % ||", "at most 1000.\n- Operators");
    }

    private static String sql(String written) {
        return SqlGuard.check(written).sql();
    }
}
