package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.store.RecordStoreContract;
import dev.llmgateway.store.postgres.AuditReport.Expected;
import dev.llmgateway.store.postgres.AuditReport.Kind;
import dev.llmgateway.store.postgres.AuditReport.Problem;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does to the tables behind the gateway's back is found. */
class AuditChainTest {

    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

    private final Database database = TestDatabase.open();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PostgresRecordStore store = new PostgresRecordStore(database, () -> now);

    private static FinishedCall sample(int i) {
        return RecordStoreContract.call("req_" + i, i)
                .bodies(new Bodies("{\"q\":" + i + "}", null))
                .finished();
    }

    private static LateCharge charge(int call, int number) {
        return new LateCharge("req_" + call, number, new Spend(Usage.of(1, 2), 0.1, true));
    }

    /** Entries 1 to 9 are calls, 10 to 12 late charges; 1 to 6 were recorded in January, the others in March. */
    @BeforeEach
    void fill() {
        store.append(
                IntStream.rangeClosed(1, 6).mapToObj(AuditChainTest::sample).toList());
        now = Instant.parse("2026-03-01T00:00:00.123456Z");
        store.append(
                IntStream.rangeClosed(7, 9).mapToObj(AuditChainTest::sample).toList());
        store.append(List.<RecordEntry>of(charge(3, 1), charge(3, 2), charge(4, 1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AuditReport verify() {
        return AuditChain.verify(database, null);
    }

    /** The only problem that an intervention makes. */
    private Problem after(String... sql) {
        List<Problem> problems = allAfter(sql);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private List<Problem> allAfter(String... sql) {
        database.write(handle -> {
            for (String statement : sql) {
                handle.execute(statement);
            }
            return sql;
        });
        AuditReport report = verify();
        assertThat(report.isIntact()).isFalse();
        return report.problems();
    }

    @Test
    void findsNothingInWhatNobodyTouched() {
        AuditReport report = verify();

        assertThat(report.problems()).isEmpty();
        assertThat(report.isIntact()).isTrue();
        assertThat(report.calls()).isEqualTo(9);
        assertThat(report.charges()).isEqualTo(3);
        assertThat(report.head().seq()).isEqualTo(12);
        assertThat(report.begin().seq()).isZero();
    }

    @Test
    void findsChangedValuesOfEachColumn() {
        List<String> columns = RecordRows.COLUMNS.stream().map(Column::name).toList();
        for (String column : columns) {
            String other = switch (column) {
                case "request_id" -> "'req_x'";
                case "at" -> "at + interval '1 microsecond'";
                case "stream", "hedged", "replayed", "usage_estimated" -> "not " + column;
                case "findings" -> "'[]'";
                case "source", "project", "error_type" -> "'x'";
                default ->
                    RecordRows.COLUMNS.get(columns.indexOf(column)).type() == ColumnType.TEXT
                            ? "coalesce(" + column + ", '') || 'x'"
                            : "coalesce(" + column + ", 0) + 1";
            };
            String table = "update proxy_records set " + column + " = " + other + " where seq = 5";
            database.write(handle -> {
                handle.execute("create table saved as select * from proxy_records where seq = 5");
                handle.execute("alter table routing_traces disable trigger all");
                handle.execute("alter table proxy_bodies disable trigger all");
                handle.execute("alter table proxy_records disable trigger all");
                handle.execute(table);
                return table;
            });
            assertThat(verify().problems()).as(column).anyMatch(problem -> problem.kind() == Kind.CHANGED);
            database.write(handle -> {
                handle.execute("delete from proxy_records where seq = 5");
                handle.execute("insert into proxy_records select * from saved");
                handle.execute("drop table saved");
                return table;
            });
            assertThat(verify().problems()).as(column).isEmpty();
        }
    }

    @Test
    void namesTheFirstChangedCallAndCountsThem() {
        Problem problem = after("update proxy_records set tenant = 'other' where seq in (4, 7)");

        assertThat(problem.kind()).isEqualTo(Kind.CHANGED);
        assertThat(problem.count()).isEqualTo(2);
        assertThat(problem.first()).isEqualTo("entry 4 (call req_4) is not as it was written");
    }

    @Test
    void findsValuesThatNobodyCanHaveWritten() {
        assertThat(after("update proxy_records set findings = '[{\"action\":\"x\"}]' where seq = 4")
                        .kind())
                .isEqualTo(Kind.CHANGED);
    }

    @Test
    void findsChangedTracesAndBodies() {
        Problem problem = after(
                "update routing_traces set trace = '{}' where request_id = 'req_2'",
                "update proxy_bodies set request = null where request_id = 'req_6'",
                "delete from proxy_bodies where request_id = 'req_7'");

        assertThat(problem.kind()).isEqualTo(Kind.CHANGED_DETAILS);
        assertThat(problem.count()).isEqualTo(3);
        assertThat(problem.first()).contains("entry 2 (call req_2)");
    }

    @Test
    void findsMissingCalls() {
        Problem problem = after("delete from proxy_records where seq in (5, 6)");

        assertThat(problem.kind()).isEqualTo(Kind.MISSING);
        assertThat(problem.count()).isEqualTo(2);
        assertThat(problem.first()).isEqualTo("entries 5 to 6 are missing before entry 7 (call req_7)");
    }

    @Test
    void findsMissingCallsWhenTheOthersWereNumberedAgain() {
        Problem problem = after(
                "delete from proxy_records where seq = 9",
                "update late_charges set seq = seq - 1 where seq = 10",
                "update late_charges set seq = seq - 1 where seq = 11",
                "update late_charges set seq = seq - 1 where seq = 12",
                "update chain_head set seq = 11");

        assertThat(problem.kind()).isEqualTo(Kind.OUT_OF_PLACE);
        assertThat(problem.first()).isEqualTo("entry 9 (late charge 1 of call req_3) was not written after entry 8");
    }

    @Test
    void findsCallsThatChangedPlaces() {
        Problem problem = after(
                "update proxy_records set seq = 100 where seq = 4",
                "update proxy_records set seq = 4 where seq = 7",
                "update proxy_records set seq = 7 where seq = 100");

        assertThat(problem.kind()).isEqualTo(Kind.OUT_OF_PLACE);
        assertThat(problem.first()).contains("entry 4 (call req_7)");
    }

    @Test
    void findsCallsThatWerePutIn() {
        List<Problem> problems = allAfter(
                "update late_charges set seq = seq + 1 where seq = 12",
                "create table copy as select * from proxy_records where seq = 9",
                "update copy set seq = 12, request_id = 'req_new'",
                "insert into proxy_records select * from copy",
                "update chain_head set seq = 13");

        assertThat(problems).extracting(Problem::kind).contains(Kind.OUT_OF_PLACE, Kind.CHANGED);
    }

    @Test
    void findsARewrittenCallWhoseHashWasMadeAnew() {
        byte[] forged = new byte[32];
        database.write(handle -> handle.execute("update proxy_records set chain_hash = ? where seq = 4", forged));

        assertThat(verify().problems()).extracting(Problem::kind).contains(Kind.CHANGED, Kind.OUT_OF_PLACE);
    }

    @Test
    void findsTheMissingEnd() {
        List<Problem> problems = allAfter("delete from late_charges where seq >= 11");

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.CUT_OFF);
            assertThat(problem.count()).isEqualTo(2);
            assertThat(problem.first()).isEqualTo("entries 11 to 12 are missing at the end");
        });
    }

    @Test
    void findsAnEndThatWasCutOffWithItsHeadByAHeadThatWasNoted() {
        ChainPoint noted = verify().head();
        database.write(handle -> {
            handle.execute("delete from late_charges where seq = 12");
            handle.execute("delete from original_spends where request_id = 'req_4'");
            handle.execute("update proxy_records r set input_tokens = 10, output_tokens = 7, cost_usd = 0.25,"
                    + " usage_estimated = false where seq = 4");
            handle.execute(
                    "update chain_head set seq = 11, chain_hash = (select chain_hash from late_charges where seq = 11)");
            return noted;
        });

        assertThat(verify().isIntact()).isTrue();
        AuditReport report = AuditChain.verify(database, noted);
        assertThat(report.expected()).isEqualTo(Expected.DIFFERENT);
        assertThat(report.isIntact()).isFalse();
    }

    @Test
    void findsTotalsThatAreNotTheSum() {
        assertThat(after("update proxy_records set cost_usd = 0.01 where seq = 3")
                        .kind())
                .isEqualTo(Kind.CHANGED_TOTAL);
    }

    @Test
    void findsChargesThatTheirCallDoesNotShow() {
        Problem problem = after(
                "delete from original_spends where request_id = 'req_4'",
                "update proxy_records set input_tokens = 10, output_tokens = 7, cost_usd = 0.25, usage_estimated = false"
                        + " where seq = 4");

        assertThat(problem.kind()).isEqualTo(Kind.CHANGED_TOTAL);
        assertThat(problem.first()).contains("entry 12 (late charge 1 of call req_4)");
    }

    @Test
    void findsChangedCharges() {
        List<Problem> problems = allAfter("update late_charges set cost_usd = 0 where seq = 11");

        assertThat(problems).extracting(Problem::kind).containsExactlyInAnyOrder(Kind.CHANGED, Kind.CHANGED_TOTAL);
    }

    @Test
    void knowsAHeadThatWasNotedBefore() {
        ChainPoint noted = ChainPoint.parse(verify().head().toString());
        store.append(List.of(sample(20)));

        assertThat(AuditChain.verify(database, noted).expected()).isEqualTo(Expected.FOUND);
        assertThat(AuditChain.verify(database, new ChainPoint(3, noted.hash())).expected())
                .isEqualTo(Expected.DIFFERENT);
        assertThatThrownBy(() -> ChainPoint.parse("12")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAChainStillWhenItWasPrunedOrCleared() {
        ChainPoint noted = verify().head();
        assertThat(store.prune(FEBRUARY)).isEqualTo(6);
        store.append(List.of(sample(30)));

        AuditReport pruned = verify();
        assertThat(pruned.problems()).isEmpty();
        assertThat(pruned.begin().seq()).isEqualTo(6);
        assertThat(pruned.calls()).isEqualTo(4);
        assertThat(AuditChain.verify(database, noted).expected()).isEqualTo(Expected.FOUND);

        store.clear();
        AuditReport cleared = AuditChain.verify(database, noted);
        assertThat(cleared.problems()).isEmpty();
        assertThat(cleared.calls()).isZero();
        assertThat(cleared.expected()).isEqualTo(Expected.REMOVED);
        store.append(List.of(sample(1)));
        assertThat(verify().isIntact()).isTrue();
    }

    @Test
    void findsARemovalThatWasChanged() {
        store.clear();
        store.append(List.of(sample(30)));

        assertThat(allAfter("update chain_removals set at = at + interval '1 day'"))
                .extracting(Problem::kind)
                .contains(Kind.CHANGED);
    }

    @Test
    void findsThatTheTimeOfRecordingWasChanged() {
        List<Problem> problems = allAfter(
                "update proxy_records set recorded_at = recorded_at - interval '1 microsecond' where seq = 7",
                "update late_charges set recorded_at = recorded_at - interval '1 year' where seq = 11");

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().kind()).isEqualTo(Kind.CHANGED);
        assertThat(problems.getFirst().count()).isEqualTo(2);
    }

    @Test
    void removesNothingThatWasMadeToLookOld() {
        database.write(handle -> handle.execute("update proxy_records set recorded_at = '2025-01-01' where seq <= 9"));
        assertThat(store.prune(FEBRUARY)).isZero();
        database.write(handle -> handle.execute("update proxy_records set recorded_at = '2026-01-01' where seq <= 9"));
        assertThat(store.prune(FEBRUARY)).isEqualTo(6);

        AuditReport report = verify();
        assertThat(report.calls()).isEqualTo(3);
        assertThat(report.problems()).extracting(Problem::count).containsExactly(3L);
    }

    @Test
    void isOneChainOfSeveralGateways() throws InterruptedException {
        PostgresRecordStore other = new PostgresRecordStore(database);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> writers = List.of(store, other).stream()
                .map(each -> Thread.ofPlatform().start(() -> {
                    awaitQuietly(start);
                    for (int i = 0; i < 20; i++) {
                        int first = 100 + 5 * i;
                        each.append(IntStream.range(first, first + 10)
                                .mapToObj(AuditChainTest::sample)
                                .toList());
                    }
                }))
                .toList();
        start.countDown();
        for (Thread writer : writers) {
            writer.join();
        }

        AuditReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.calls()).isEqualTo(9 + 105);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
