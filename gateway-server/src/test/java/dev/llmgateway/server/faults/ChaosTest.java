package dev.llmgateway.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.ServerVitals;
import dev.llmgateway.server.faults.ChaosClients.End;
import dev.llmgateway.store.postgres.TestDatabase;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Many clients of both dialects, streamed or not, some of whom leave, and three providers that break 30 % of their answers in
 * every way, behind circuit breakers. Some clients are in a hurry, so that two providers race, some ask what others ask too,
 * and some send a call twice: nobody gets a wrong answer or none, nothing is charged twice, everything is recorded once, and
 * nothing is left open. {@code -Dchaos.requests=10000} for a longer run, {@code -Dchaos.seed} for another one.
 */
final class ChaosTest {

    private static final int REQUESTS = Integer.getInteger("chaos.requests", 2_000);
    private static final long SEED = Long.getLong("chaos.seed", 4_711);
    private static final int AT_A_TIME = 200;

    /** Enough for every way to break, three times. */
    private static final int FEW_REQUESTS = 500;

    private final SoftAssertions softly = new SoftAssertions();
    private final Map<String, Integer> ends = new TreeMap<>();
    private final Set<String> paid = new HashSet<>();

    private int requests = REQUESTS;

    @Test
    void everyClientGetsARightAnswerOrOneErrorAndNothingIsLeft(@TempDir Path directory) throws Exception {
        run("", null, directory);
    }

    @Test
    void everyCallCostsInADatabaseWhatWasPaid(@TempDir Path directory) throws Exception {
        requests = Math.min(FEW_REQUESTS, REQUESTS);
        String url = TestDatabase.newUrl();
        run("""
                [database]
                url = "%s"
                spool_dir = "%s"
                """.formatted(url, directory.resolve("spool")), url, directory);
    }

    private void run(String database, @Nullable String url, Path directory) throws Exception {
        ChaosPlan plan = new ChaosPlan(requests, SEED);
        try (ChaosBed bed = new ChaosBed(database);
                ChaosClients clients = new ChaosClients(bed.gateway.uri(), AT_A_TIME);
                LeftThreads threads = new LeftThreads(directory)) {
            for (int i = 0; i < bed.providers.size(); i++) {
                bed.providers.get(i).enqueue(plan.replies(i));
            }
            long start = System.nanoTime();
            List<End> all = clients.run(plan.clients());
            long millis = (System.nanoTime() - start) / 1_000_000;

            ServerVitals.assertAtRest(bed.gateway, softly);
            Charges charges = new Charges();
            all.forEach(end -> judge(end, bed.journal, charges));
            bed.journal.takeAll().forEach(entry -> charges.record(entry, softly));
            checkThatNothingIsLeft(bed, threads);
            checkRecords(bed, charges, metrics(bed));
            checkSumOfRecords(bed);
            ProvidersBooks books = new ProvidersBooks(bed, Json.parse(get(bed, "/v1/catalog")), softly);
            long givenUp = bed.journal.hedges() + ends.getOrDefault("left", 0);
            books.compare(url == null ? shown(bed) : Recorded.stored(url), plan.clients(), givenUp);
            softly.assertAll();
            report(bed, books, millis);
            if (database.isEmpty()) {
                assertThatMuchHappened(bed);
            }
        }
    }

    private void judge(End end, CallJournal journal, Charges charges) {
        switch (end) {
            case End.Left ignored -> ends.merge("left", 1, Integer::sum);
            case End.Stayed(ChaosPlan.Client client, Seen seen) -> {
                CallJournal.Entry entry = journal.take(seen.header("x-request-id"));
                charges.record(entry, softly);
                if (seen.finished) {
                    judgeAnswer(client, seen, entry);
                } else {
                    judgeError(client, seen, entry);
                }
            }
        }
    }

    private void judgeAnswer(ChaosPlan.Client client, Seen seen, CallJournal.Entry entry) {
        boolean isAgain = seen.header("x-gateway-cache").equals("hit")
                || seen.header("x-gateway-idempotent").equals("true");
        ends.merge(isAgain ? "right answer of another call" : "right answer", 1, Integer::sum);
        softly.assertThat(isAgain).as("answer from memory for %s", client).isEqualTo(entry.isAgain());
        checkPaidOnce(client, seen, isAgain);
        String text = "[simulated " + seen.header("x-gateway-provider") + "] You said: " + client.prompt();
        softly.assertThat(seen.text.toString()).isEqualTo(text);
        softly.assertThat(seen.error)
                .as("error beside the answer of %s", client)
                .isNull();
        softly.assertThat(entry.inWords()).as("record of %s", client).endsWith("completed");
        softly.assertThat(entry.usage()).as("usage of %s", client).isNotNull();
        softly.assertThat(seen.outputTokens)
                .as("usage told to %s", client)
                .isEqualTo(entry.usage() == null ? -1 : entry.usage().output());
    }

    /** A call that is sent twice is paid for once, and so is a question; a stand-in's answer is not kept for others. */
    private void checkPaidOnce(ChaosPlan.Client client, Seen seen, boolean isAgain) {
        if (!isAgain && client.key() != null) {
            softly.assertThat(paid.add(client.key()))
                    .as("%s is paid once", client)
                    .isTrue();
        }
        if (!isAgain && client.isRepeatable()) {
            String model = seen.header("x-gateway-model");
            ends.merge("question paid for at " + model, 1, Integer::sum);
            softly.assertThat(!model.equals(ChaosBed.MODEL) || paid.add(client.question()))
                    .as("the question of %s is paid once", client)
                    .isTrue();
        }
    }

    private void judgeError(ChaosPlan.Client client, Seen seen, CallJournal.Entry entry) {
        ends.merge(seen.status == 200 ? "stream that broke" : "error " + seen.status, 1, Integer::sum);
        softly.assertThat(seen.error).as("error for %s", client).isNotBlank().doesNotContain("not an error of");
        softly.assertThat(seen.text.isEmpty()).as("text of %s", client).isEqualTo(seen.status != 200);
        softly.assertThat(entry.inWords()).as("record of %s", client).contains("failed (");
        if (seen.status == 503 && seen.header("x-gateway-circuit").equals("open")) {
            ends.merge("with open circuits", 1, Integer::sum);
            softly.assertThat(seen.header("retry-after")).isNotBlank();
        }
    }

    /** What every call left behind, late charges included, is what was paid. */
    private void checkSumOfRecords(ChaosBed bed) throws Exception {
        JsonNode sums = sums(bed);
        for (int round = 0; round < 250 && sums.get("input_tokens").longValue() < bed.journal.paidInput(); round++) {
            Thread.sleep(Duration.ofMillis(20));
            sums = sums(bed);
        }
        softly.assertThat(sums.get("requests").longValue()).as("records").isEqualTo(requests);
        softly.assertThat(sums.get("input_tokens").longValue())
                .as("input tokens in records")
                .isEqualTo(bed.journal.paidInput());
        softly.assertThat(sums.get("output_tokens").longValue())
                .as("output tokens in records")
                .isEqualTo(bed.journal.paidOutput());
        softly.assertThat(sums.get("cost_usd").doubleValue())
                .as("dollars in records")
                .isEqualTo(metrics(bed).sum("gateway_cost_dollars"), Offset.offset(1e-9));
    }

    private static JsonNode sums(ChaosBed bed) throws Exception {
        return Json.parse(get(bed, "/v1/stats"));
    }

    private void checkRecords(ChaosBed bed, Charges charges, Metrics metrics) {
        softly.assertThat(charges.calls).as("calls that were recorded").isEqualTo(requests);
        softly.assertThat(bed.journal.started()).as("calls that began").isEqualTo(requests);
        softly.assertThat(metrics.sum("gateway_requests_total"))
                .as("calls that were counted")
                .isEqualTo(requests);
        softly.assertThat(metrics.sum("gateway_tokens_total{direction=\"input\""))
                .as("input tokens")
                .isEqualTo(bed.journal.paidInput());
        softly.assertThat(metrics.sum("gateway_tokens_total{direction=\"output\""))
                .as("output tokens")
                .isEqualTo(bed.journal.paidOutput());
        softly.assertThat(ends.get("right answer") + ends.get("right answer of another call"))
                .as("right answers")
                .isGreaterThan(requests * 3 / 4);
    }

    private void checkThatNothingIsLeft(ChaosBed bed, LeftThreads threads) throws Exception {
        for (SimulatedProvider provider : bed.providers) {
            ServerVitals.eventually(() -> provider.answersInProgress() == 0);
            softly.assertThat(provider.answersInProgress())
                    .as("answers that nobody reads")
                    .isZero();
            softly.assertThat(provider.liveConnections()).as("connections").isLessThanOrEqualTo(AT_A_TIME);
        }
        softly.assertThat(threads.ofTheGateway()).as("threads that are left").isEmpty();
    }

    private static List<Recorded> shown(ChaosBed bed) throws Exception {
        return Recorded.shown(get(bed, "/v1/requests", "application/x-ndjson").lines());
    }

    private static Metrics metrics(ChaosBed bed) throws Exception {
        return Metrics.parse(get(bed, "/metrics"));
    }

    private static String get(ChaosBed bed, String path) throws Exception {
        return get(bed, path, "*/*");
    }

    private static String get(ChaosBed bed, String path, String accept) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest page = HttpRequest.newBuilder(URI.create(bed.gateway.uri() + path))
                    .header("accept", accept)
                    .build();
            return http.send(page, BodyHandlers.ofString()).body();
        }
    }

    private void report(ChaosBed bed, ProvidersBooks books, long millis) {
        List<Long> asked =
                bed.providers.stream().map(SimulatedProvider::requestCount).toList();
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .printf(
                        "%d requests, %d at a time, seed %d: %s; asked of the providers: %s; %d tokens in, %d out;"
                                + " %d races; circuits opened %d times, closed %d times; %s; %d ms%n",
                        requests,
                        AT_A_TIME,
                        SEED,
                        ends,
                        asked,
                        bed.journal.paidInput(),
                        bed.journal.paidOutput(),
                        bed.journal.hedges(),
                        bed.journal.circuits(CircuitState.OPEN),
                        bed.journal.circuits(CircuitState.CLOSED),
                        books.inWords(),
                        millis);
        assertThat(asked).allSatisfy(count -> assertThat(count).isPositive());
    }

    private static void assertThatMuchHappened(ChaosBed bed) {
        assertThat(bed.journal.hedges()).isPositive();
        assertThat(bed.journal.circuits(CircuitState.OPEN)).isPositive();
        assertThat(bed.journal.circuits(CircuitState.CLOSED)).isPositive();
    }
}
