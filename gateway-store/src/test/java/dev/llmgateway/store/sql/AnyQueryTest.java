package dev.llmgateway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestInstance;

/** Whatever comes of good queries by chance is refused with a sentence, or executed without changing anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnyQueryTest {

    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|\\w+|\\s+|::|->>|->|<>|[<>!]=|.");

    /** Texts, and names of the query's own, which may be anything. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

    private final List<List<String>> good =
            SqlList.useful().map(AnyQueryTest::tokens).toList();
    private final List<String> pool = new ArrayList<>();
    private SqlBed bed;
    private String before;
    private int executed;

    @BeforeAll
    void start() {
        good.forEach(pool::addAll);
        SqlList.hostile().forEach(hostile -> pool.addAll(tokens(hostile.sql())));
        bed = new SqlBed();
        before = bed.checksum();
    }

    @AfterAll
    void stop() {
        assertThat(bed.checksum()).as("all tables").isEqualTo(before);
        assertThat(executed).as("queries that were let through").isGreaterThan(100);
        bed.close();
    }

    private static List<String> tokens(String sql) {
        return TOKEN.matcher(sql).results().map(it -> it.group()).toList();
    }

    @RepeatedTest(10)
    void isRefusedOrOnlyReads(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            List<String> tokens = new ArrayList<>(good.get(random.nextInt(good.size())));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(tokens, random);
            }
            execute(String.join("", tokens));
        }
    }

    private void change(List<String> tokens, Random random) {
        int at = random.nextInt(tokens.size());
        String other = pool.get(random.nextInt(pool.size()));
        switch (random.nextInt(4)) {
            case 0 -> tokens.set(at, other);
            case 1 -> tokens.add(at, other);
            case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            default -> tokens.set(at, " ");
        }
    }

    private void execute(String sql) {
        SafeQuery query;
        try {
            query = SqlGuard.check(sql);
        } catch (RefusedSql refused) {
            assertThat(refused.sentence()).as(sql).isNotBlank();
            return;
        }
        assertThat(QUOTED.matcher(query.sql()).replaceAll(""))
                .as(sql)
                .doesNotContainIgnoringCase("proxy_bodies", "routing_traces", "pg_");
        assertThat(SqlGuard.check(query.sql()).sql()).as(sql).isEqualTo(query.sql());
        try {
            bed.runner.within(Duration.ofMillis(500)).run(query);
            executed++;
        } catch (QueryFailure failure) {
            assertThat(failure.kind()).as(sql).isNotEqualTo(QueryFailure.Kind.NO_DATABASE);
        }
    }
}
