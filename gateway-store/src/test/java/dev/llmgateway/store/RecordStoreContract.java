package dev.llmgateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.ComplianceFinding.Action;
import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.FindingCount;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.Spend;
import dev.llmgateway.api.records.StoredCall;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.records.WrittenDetails;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of records must do. A subclass makes an empty store of at least 1,000 calls. */
public abstract class RecordStoreContract {

    /** When the first of the calls that tests make begins. */
    protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private static final String TRACE = "{\"attempts\":[],\"error\":\"50 % \u00e4\"}";

    private RecordStore store;

    /** An empty store; closed after the test. */
    protected abstract RecordStore newStore();

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** A call that was answered, this many seconds after noon. */
    public static Sample call(String id, long seconds) {
        return new Sample(id, NOON.plusSeconds(seconds));
    }

    /** A call with what tests vary. */
    public static final class Sample {
        private final String id;
        private final Instant at;
        private String tenant = "default";
        private @Nullable String source;
        private @Nullable String project;
        private CallRecord.@Nullable Served served = new CallRecord.Served("openai", "gpt-4o");
        private CallRecord.End end = new CallRecord.End(200, null);
        private CallRecord.@Nullable FailedTry lastFailure;
        private Duration latency = Duration.ofMillis(100);
        private Spend spend = new Spend(new Usage(10, 5, 3, 2, 7, 4), 0.25, false);
        private @Nullable Bodies bodies;

        private Sample(String id, Instant at) {
            this.id = id;
            this.at = at;
        }

        public Sample labels(@Nullable String from, @Nullable String what) {
            source = from;
            project = what;
            return this;
        }

        public Sample tenant(String name) {
            tenant = name;
            return this;
        }

        public Sample served(CallRecord.@Nullable Served by) {
            served = by;
            return this;
        }

        public Sample failed(int status, String errorType) {
            end = new CallRecord.End(status, errorType);
            return this;
        }

        public Sample mended(String error) {
            lastFailure = new CallRecord.FailedTry(error, new CallRecord.Served("down", "gpt-down"));
            return this;
        }

        public Sample latency(long millis) {
            latency = Duration.ofMillis(millis);
            return this;
        }

        public Sample spend(Spend other) {
            spend = other;
            return this;
        }

        public Sample bodies(Bodies said) {
            bodies = said;
            return this;
        }

        public FinishedCall finished() {
            CallRecord record = new CallRecord(
                    id,
                    at,
                    tenant,
                    new CallLabels(Dialect.ANTHROPIC_MESSAGES, source, project),
                    new CallRecord.Asked("best", "balanced", DataClassification.CUI, true),
                    served,
                    end,
                    new CallRecord.Path(2, 1, true, CacheResult.SEMANTIC_HIT, true, lastFailure),
                    new CallRecord.Times(Duration.ofMillis(40), latency, Duration.ofNanos(1_234_000)),
                    spend,
                    List.of(new FindingCount("email", Action.REDACTED, 2)));
            return new FinishedCall(record, new WrittenDetails(TRACE, bodies));
        }
    }

    private void append(Sample... calls) {
        store.append(List.of(calls).stream().map(Sample::finished).toList());
    }

    private List<String> ids(RecordQuery query) {
        return store.list(query, null, 100).stream().map(CallRecord::requestId).toList();
    }

    private Figures total(RecordQuery query) {
        return store.sums(query, RecordSums.TOTAL).stream()
                .map(SumRow::figures)
                .findFirst()
                .orElse(Figures.NONE);
    }

    @Test
    void givesACallBackAsItWas() {
        FinishedCall call = call("req_1", 0)
                .tenant("acme")
                .labels("ide", "moon")
                .bodies(new Bodies("{\"q\":\"100 % \u00e4 \ud83d\ude00\"}", null))
                .finished();
        store.append(List.of(call));

        StoredCall found = store.find("req_1").orElseThrow();

        assertThat(found.record()).isEqualTo(call.record());
        assertThat(found.bodies()).isEqualTo(call.details().bodies());
        assertThat(found.trace()).isEqualTo(TRACE);
        assertThat(store.list(RecordQuery.ALL, null, 10)).containsExactly(call.record());
    }

    @Test
    void keepsWhatIsMissingMissing() {
        FinishedCall call = call("req_1", 0)
                .served(null)
                .failed(400, "invalid_request")
                .spend(new Spend(Usage.ZERO, null, true))
                .finished();
        store.append(List.of(call));

        assertThat(store.find("req_1").orElseThrow().record()).isEqualTo(call.record());
        assertThat(store.find("req_1").orElseThrow().bodies()).isNull();
        assertThat(store.find("req_2")).isEmpty();
    }

    @Test
    void keepsACallOnceHoweverOftenItIsAppended() {
        append(call("req_1", 0));
        append(call("req_1", 5), call("req_2", 6));

        assertThat(ids(RecordQuery.ALL)).containsExactly("req_2", "req_1");
        assertThat(total(RecordQuery.ALL).requests()).isEqualTo(2);
    }

    @Test
    void listsNewestFirstHoweverTheCallsEnded() {
        append(call("req_b", 5), call("req_a", 9), call("req_c", 5), call("req_d", 1));

        assertThat(ids(RecordQuery.ALL)).containsExactly("req_a", "req_c", "req_b", "req_d");
    }

    @Test
    void pagesThroughAllCallsWithoutLossOrRepetition() {
        List<FinishedCall> calls = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            calls.add(call("req_" + i, i / 3).finished());
        }
        store.append(calls);
        List<String> seen = new ArrayList<>();
        List<CallRecord> page = store.list(RecordQuery.ALL, null, 4);
        while (!page.isEmpty()) {
            page.forEach(call -> seen.add(call.requestId()));
            page = store.list(RecordQuery.ALL, RecordCursor.after(page.getLast()), 4);
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().isEqualTo(ids(RecordQuery.ALL));
    }

    @Test
    void takesTheFirstMomentAndLeavesTheLast() {
        append(call("req_1", 0), call("req_2", 1), call("req_3", 2));

        assertThat(ids(RecordQuery.ALL.between(NOON, NOON.plusSeconds(2)))).containsExactly("req_2", "req_1");
        assertThat(ids(RecordQuery.ALL.between(NOON.plusSeconds(1), null))).containsExactly("req_3", "req_2");
    }

    @Test
    void filtersByEachDimensionAndTakesValuesAsTheyAre() {
        append(
                call("req_1", 0).labels("100%", "moon").tenant("acme"),
                call("req_2", 1).labels("100_", null).failed(502, "provider_server"),
                call("req_3", 2)
                        .served(new CallRecord.Served("anthropic", "claude"))
                        .mended("timeout"),
                call("req_4", 3).served(null).failed(499, "cancelled"));

        assertThat(ids(RecordQuery.ALL.with(Dimension.SOURCE, "100%"))).containsExactly("req_1");
        assertThat(ids(RecordQuery.ALL.with(Dimension.SOURCE, "100_"))).containsExactly("req_2");
        assertThat(ids(RecordQuery.ALL.with(Dimension.SOURCE, "%"))).isEmpty();
        assertThat(ids(RecordQuery.ALL.with(Dimension.PROJECT, "moon"))).containsExactly("req_1");
        assertThat(ids(RecordQuery.ALL.with(Dimension.TENANT, "acme"))).containsExactly("req_1");
        assertThat(ids(RecordQuery.ALL.with(Dimension.PROVIDER, "anthropic"))).containsExactly("req_3");
        assertThat(ids(RecordQuery.ALL.with(Dimension.MODEL, "gpt-4o"))).containsExactly("req_2", "req_1");
        assertThat(ids(RecordQuery.ALL.with(Dimension.STATUS, "502"))).containsExactly("req_2");
        assertThat(ids(RecordQuery.ALL.with(Dimension.ERROR_TYPE, "timeout"))).containsExactly("req_3");
        assertThat(ids(RecordQuery.ALL.with(Dimension.FAILED_PROVIDER, "down"))).containsExactly("req_3");
        assertThat(ids(RecordQuery.ALL.with(Dimension.FAILED_MODEL, "gpt-down")))
                .containsExactly("req_3");
        assertThat(ids(RecordQuery.ALL.with(Dimension.IMPACT, "customer"))).containsExactly("req_2");
        assertThat(ids(RecordQuery.ALL.with(Dimension.IMPACT, "mitigated"))).containsExactly("req_3");
        assertThat(ids(RecordQuery.ALL.with(Dimension.IMPACT, "none"))).containsExactly("req_4", "req_1");
        assertThat(ids(RecordQuery.ALL.with(Dimension.STATUS, "' or 1=1 --"))).isEmpty();
    }

    @Test
    void sumsUp() {
        append(
                call("req_1", 0),
                call("req_2", 1).failed(502, "provider_server").spend(Spend.NOTHING),
                call("req_3", 2).mended("timeout").spend(new Spend(Usage.of(1, 1), null, true)),
                call("req_4", 3).failed(499, "cancelled"));

        Figures all = total(RecordQuery.ALL);

        assertThat(all.requests()).isEqualTo(4);
        assertThat(all.succeeded()).isEqualTo(2);
        assertThat(all.mitigated()).isEqualTo(1);
        assertThat(all.aborted()).isEqualTo(1);
        assertThat(all.failed()).isEqualTo(1);
        assertThat(all.usage()).isEqualTo(new Usage(21, 10, 6, 4, 15, 8));
        assertThat(all.costUsd()).isEqualTo(0.5, Offset.offset(1e-9));
        assertThat(store.sums(RecordQuery.ALL.with(Dimension.TENANT, "nobody"), RecordSums.TOTAL))
                .isEmpty();
    }

    @Test
    void sumsOfAbsurdNumbersStopAtTheMost() {
        Spend absurd = new Spend(new Usage(Long.MAX_VALUE, 1, 0, 0, Long.MAX_VALUE, 0), 1.0, false);
        for (int i = 0; i < 20; i++) {
            append(call("req_" + i, i).spend(absurd));
        }

        Figures all = total(RecordQuery.ALL);

        assertThat(all.requests()).isEqualTo(20);
        assertThat(all.usage()).isEqualTo(new Usage(Usage.MOST, 20, 0, 0, Usage.MOST, 0));
        assertThat(all.usage().total()).isEqualTo(2 * Usage.MOST + 20);
    }

    @Test
    void tellsPercentilesToATenth() {
        List<FinishedCall> calls = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            calls.add(call("req_" + i, i).latency(10L * i).finished());
        }
        store.append(calls);

        Figures all = total(RecordQuery.ALL);

        assertThat(all.p50().toMillis()).isBetween(450L, 550L);
        assertThat(all.p95().toMillis()).isBetween(855L, 1045L);
    }

    @Test
    void splitsByDimensionsWithTheMostRequestsFirst() {
        append(
                call("req_1", 0).labels("ide", null),
                call("req_2", 1).labels("cli", null),
                call("req_3", 2).labels("cli", null),
                call("req_4", 3));

        List<SumRow> rows = store.sums(RecordQuery.ALL, RecordSums.by(Dimension.SOURCE, Dimension.MODEL));

        assertThat(rows.getFirst().values()).containsExactly("cli", "gpt-4o");
        assertThat(rows.getFirst().figures().requests()).isEqualTo(2);
        assertThat(rows).extracting(row -> row.values().getFirst()).containsExactlyInAnyOrder("cli", "ide", null);
    }

    @Test
    void sumsOnlyTheWantedValues() {
        String odd = "{a,\"b\\\\c";
        append(
                call("req_1", 0).labels("ide", null),
                call("req_2", 1).labels("cli", null),
                call("req_3", 2).labels(odd, null),
                call("req_4", 3).labels(null, "moon"));
        RecordSums bySource = RecordSums.by(Dimension.SOURCE);

        assertThat(store.sums(RecordQuery.ALL, bySource.only(List.of("ide", odd, "nobody"))))
                .extracting(row -> row.values().getFirst())
                .containsExactlyInAnyOrder("ide", odd);
        assertThat(store.sums(RecordQuery.ALL, bySource.only(Arrays.asList(null, "cli"))))
                .extracting(row -> row.values().getFirst())
                .containsExactlyInAnyOrder(null, "cli");
        assertThat(store.sums(
                        RecordQuery.ALL,
                        RecordSums.by(Dimension.STATUS, Dimension.SOURCE).only(List.of("200"))))
                .hasSize(4);
    }

    @Test
    void leavesPercentilesOutWhereTheyAreNotWanted() {
        append(call("req_1", 0));

        Figures exact = total(RecordQuery.ALL);
        Figures quick = store.sums(RecordQuery.ALL, RecordSums.TOTAL.withoutLatencies())
                .getFirst()
                .figures();

        assertThat(exact.p50()).isPositive();
        assertThat(quick.p50()).isZero();
        assertThat(quick.p95()).isZero();
        assertThat(quick.usage()).isEqualTo(exact.usage());
    }

    @Test
    void answersSeveralQuestionsFromOneState() {
        append(call("req_1", 0));

        List<Integer> counts = store.read(records -> {
            int listed = records.list(RecordQuery.ALL, null, 10).size();
            CompletableFuture.runAsync(() -> append(call("req_2", 1))).join();
            long summed = records.sums(RecordQuery.ALL, RecordSums.TOTAL)
                    .getFirst()
                    .figures()
                    .requests();
            return List.of(listed, (int) summed);
        });

        assertThat(counts).containsExactly(1, 1);
        assertThat(total(RecordQuery.ALL).requests()).isEqualTo(2);
    }

    @Test
    void tellsWhenTheFirstAndTheLastOfASumBegan() {
        append(
                call("req_1", 30).labels(null, "moon"),
                call("req_2", 10).labels(null, "moon"),
                call("req_3", 20).labels(null, "mars"));

        List<SumRow> rows = store.sums(RecordQuery.ALL, RecordSums.by(Dimension.PROJECT));

        assertThat(rows).extracting(SumRow::first).containsExactly(NOON.plusSeconds(10), NOON.plusSeconds(20));
        assertThat(rows).extracting(SumRow::last).containsExactly(NOON.plusSeconds(30), NOON.plusSeconds(20));
    }

    @Test
    void periodsAreHalfOpenAndSumToTheWhole() {
        append(call("req_0", -1), call("req_1", 0), call("req_2", 9), call("req_3", 10), call("req_4", 30));
        List<Instant> edges = List.of(NOON, NOON.plusSeconds(10), NOON.plusSeconds(20), NOON.plusSeconds(30));

        List<SumRow> rows = store.sums(RecordQuery.ALL, RecordSums.TOTAL.inPeriods(edges));

        assertThat(rows).extracting(SumRow::period).containsExactly(0, 1);
        assertThat(rows).extracting(row -> row.figures().requests()).containsExactly(2L, 1L);
        assertThat(total(RecordQuery.ALL.between(edges.getFirst(), edges.getLast()))
                        .requests())
                .isEqualTo(3);
    }

    @Test
    void addsLateChargesOnceEach() {
        append(call("req_1", 0).spend(new Spend(Usage.of(10, 1), 0.5, false)));
        LateCharge first = new LateCharge("req_1", 1, new Spend(Usage.of(1, 0), 0.25, true));
        LateCharge second = new LateCharge("req_1", 2, new Spend(Usage.of(2, 3), 0.125, false));
        store.append(List.of(first, second));
        store.append(List.of(second, first, new LateCharge("req_9", 1, new Spend(Usage.of(9, 9), 9.0, false))));

        Spend whole = new Spend(Usage.of(13, 4), 0.875, true);
        assertThat(store.find("req_1").orElseThrow().record().spend()).isEqualTo(whole);
        assertThat(total(RecordQuery.ALL).usage()).isEqualTo(whole.usage());
        assertThat(total(RecordQuery.ALL).costUsd()).isEqualTo(0.875, Offset.offset(1e-9));
    }

    @Test
    void forgetsEverythingWhenTold() {
        append(call("req_1", 0), call("req_2", 0));

        assertThat(store.clear()).isEqualTo(2);
        assertThat(ids(RecordQuery.ALL)).isEmpty();
        assertThat(store.find("req_1")).isEmpty();
        assertThat(store.sums(RecordQuery.ALL, RecordSums.TOTAL)).isEmpty();
    }
}
