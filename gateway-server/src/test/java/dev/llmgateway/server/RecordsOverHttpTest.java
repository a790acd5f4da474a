package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every call leaves exactly one record, however it ends. */
class RecordsOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final double MILLION = 1_000_000;

    private final TestServer server = TestServer.start("""
            [cache]
            enabled = true
            [sanitization]
            enabled = true
            redact_pii = true
            [resilience.hedge]
            enabled = true
            hedge_delay_ms = 100
            max_extra_percent = 100
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    private static String ask(String model, String text, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":50,"temperature":0,"messages":[{"role":"user","content":"%s"}]}\
                """.formatted(model, stream, text);
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }

    private JsonNode page(String query) {
        return Json.parse(server.get("/v1/requests" + query).body());
    }

    /** The one record of the call that was answered so. */
    private JsonNode record(HttpResponse<?> answer) throws InterruptedException {
        return soon("/v1/requests/" + id(answer));
    }

    private JsonNode trace(HttpResponse<?> answer) throws InterruptedException {
        return soon("/v1/audit/" + id(answer)).get("trace");
    }

    private JsonNode soon(String path) throws InterruptedException {
        AtomicReference<HttpResponse<String>> found = new AtomicReference<>();
        Eventually.assertThatSoon(() -> {
            found.set(server.get(path));
            assertThat(found.get().statusCode()).isEqualTo(200);
        });
        return Json.parse(found.get().body());
    }

    private void assertThereIsOne() {
        assertThat(page("").get("requests").size()).isEqualTo(1);
    }

    private double price(String card, String member) {
        return Json.parse(server.get("/v1/catalog/" + card).body())
                .get("price")
                .get(member)
                .doubleValue();
    }

    @Test
    void labelsMayBeWrittenInAnyLetters() throws Exception {
        String source = "m\u00f6\u00f6n \ud83d\ude80";
        String bytes = new String(source.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post(
                    CHAT,
                    ask("openai/gpt-4o", "Hello!", false),
                    "x-source: " + bytes + "\r\n",
                    "x-project: caf\u00e9\r\n");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200");
        }

        Eventually.assertThatSoon(() -> assertThereIsOne());
        String query = "?source=" + URLEncoder.encode(source, StandardCharsets.UTF_8) + "&project=caf%C3%A9";
        assertThat(page(query).get("requests").size()).isEqualTo(1);
    }

    @Test
    void anAnsweredCallTellsWhoAnsweredAndWhatItCost() throws Exception {
        HttpResponse<String> answer = server.post(
                CHAT,
                ask("openai/gpt-4o", "Hello!", false),
                "x-source",
                "ide",
                "x-project",
                "moon",
                "x-routing-profile",
                "batch",
                "x-data-classification",
                "public");
        JsonNode usage = Json.parse(answer.body()).get("usage");

        JsonNode call = record(answer);

        assertThereIsOne();
        assertThat(call.get("ts").stringValue()).isEqualTo("2026-11-22T12:00:00.000000Z");
        assertThat(call.get("tenant").stringValue()).isEqualTo("default");
        assertThat(call.get("source").stringValue()).isEqualTo("ide");
        assertThat(call.get("project").stringValue()).isEqualTo("moon");
        assertThat(call.get("dialect").stringValue()).isEqualTo("openai");
        assertThat(call.get("profile").stringValue()).isEqualTo("batch");
        assertThat(call.get("classification").stringValue()).isEqualTo("public");
        assertThat(call.get("requested_model").stringValue()).isEqualTo("openai/gpt-4o");
        assertThat(call.get("provider").stringValue()).isEqualTo("openai");
        assertThat(call.get("model").stringValue()).isEqualTo("gpt-4o");
        assertThat(call.get("status").intValue()).isEqualTo(200);
        assertThat(call.get("error_type").isNull()).isTrue();
        assertThat(call.get("attempts").intValue()).isEqualTo(1);
        assertThat(call.get("cache").stringValue()).isEqualTo("miss");
        assertThat(call.get("stream").booleanValue()).isFalse();
        assertThat(call.get("usage_estimated").booleanValue()).isFalse();
        assertThat(call.get("input_tokens").longValue())
                .isEqualTo(usage.get("prompt_tokens").longValue());
        assertThat(call.get("output_tokens").longValue())
                .isEqualTo(usage.get("completion_tokens").longValue());
        double cost = usage.get("prompt_tokens").longValue() * price("openai/gpt-4o", "input")
                + usage.get("completion_tokens").longValue() * price("openai/gpt-4o", "output");
        assertThat(call.get("cost_usd").doubleValue()).isEqualTo(cost / MILLION, Offset.offset(1e-12));
        double latency = call.get("latency_ms").doubleValue();
        assertThat(call.get("ttft_ms").doubleValue()).isBetween(0.0, latency);
        assertThat(call.get("gateway_ms").doubleValue()).isBetween(0.0, latency);
    }

    @Test
    void theTimeOfASlowProviderIsNotTheGateways() throws Exception {
        server.openAi.enqueue(new Fault.SlowDrip(Duration.ofMillis(5)).asReply());

        JsonNode call = record(server.post(CHAT, ask("openai/gpt-4o", "Hello!", true)));

        double provider =
                call.get("latency_ms").doubleValue() - call.get("gateway_ms").doubleValue();
        assertThat(provider).isGreaterThan(50);
    }

    @Test
    void anAnswerAfterAFailoverTellsOfBothTries() throws Exception {
        server.openAi.enqueue(Reply.failure(503));

        HttpResponse<String> answer = server.post(CHAT, ask("openai/gpt-4o", "Hello!", false));
        JsonNode call = record(answer);

        assertThereIsOne();
        assertThat(call.get("status").intValue()).isEqualTo(200);
        assertThat(call.get("provider").stringValue()).isEqualTo("anthropic");
        assertThat(call.get("attempts").intValue()).isEqualTo(2);
        assertThat(call.get("failovers").intValue()).isEqualTo(1);
        assertThat(call.get("attempt_error").stringValue()).startsWith("provider_");
        assertThat(call.get("failed_provider").stringValue()).isEqualTo("openai");
        assertThat(call.get("failed_model").stringValue()).isEqualTo("gpt-4o");
        JsonNode tries = trace(answer).get("attempts");
        assertThat(tries.get(0).get("result").stringValue()).isEqualTo("failed");
        assertThat(tries.get(0).get("provider").stringValue()).isEqualTo("openai");
        assertThat(tries.get(1).get("result").stringValue()).isEqualTo("answered");
        assertThat(trace(answer).get("decision").get("chain").size()).isGreaterThan(1);
        assertThat(page("?impact=mitigated").get("requests").size()).isEqualTo(1);
    }

    @Test
    void aFailedCallTellsWhy() throws Exception {
        server.openAi.always(Reply.failure(400));

        JsonNode call =
                record(server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "x-gateway-failover", "disabled"));

        assertThereIsOne();
        assertThat(call.get("status").intValue()).isEqualTo(400);
        assertThat(call.get("error_type").stringValue()).isEqualTo("provider_invalid_request");
        assertThat(call.get("provider").stringValue()).isEqualTo("openai");
        assertThat(call.get("cost_usd").doubleValue()).isZero();
    }

    @Test
    void aRefusedCallLeavesARecordWithoutAProvider() throws Exception {
        HttpResponse<String> answer = server.post(CHAT, ask("no-such-model-at-all", "Hello!", false));
        JsonNode call = record(answer);

        assertThereIsOne();
        assertThat(call.get("status").intValue()).isEqualTo(404);
        assertThat(call.get("error_type").stringValue()).isEqualTo("model_not_found");
        assertThat(call.get("provider").isNull()).isTrue();
        assertThat(call.get("attempts").intValue()).isZero();
        assertThat(trace(answer).get("error").stringValue()).contains("no-such-model-at-all");
    }

    @Test
    void whoIsNotLetInLeavesARecordToo() throws Exception {
        try (TestServer closed = TestServer.start("""
                [auth]
                required = true
                [key_map.vk-alpha]
                label = "Team Alpha"
                [rate_limit]
                enabled = true
                default_limits = { rpm = 1, tpm = 5000 }
                """)) {
            closed.post(CHAT, ask("openai/gpt-4o", "Hello!", false));
            closed.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "authorization", "Bearer vk-alpha");
            closed.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "authorization", "Bearer vk-alpha");
            Eventually.assertThatSoon(() -> {
                assertThat(statuses(closed)).containsExactlyInAnyOrder(401, 200, 429);
            });
            JsonNode denied = Json.parse(closed.get("/v1/requests?status=401").body())
                    .get("requests")
                    .get(0);
            assertThat(denied.get("requested_model").isNull()).isTrue();
            assertThat(denied.get("error_type").stringValue()).isEqualTo("unauthenticated");
            assertThat(closed.get("/v1/requests?status=429").body()).contains("\"error_type\":\"rate_limited\"");
        }
    }

    private static List<Integer> statuses(TestServer of) {
        return Json.parse(of.get("/v1/requests").body())
                .get("requests")
                .valueStream()
                .map(call -> call.get("status").intValue())
                .toList();
    }

    @Test
    void whatCannotBeReadLeavesARecordToo() throws Exception {
        for (String body : List.of("{\"model\":", "{\"model\":7}")) {
            JsonNode call = record(server.post(MESSAGES, body));
            assertThat(call.get("status").intValue()).isEqualTo(400);
            assertThat(call.get("error_type").stringValue()).isEqualTo("unreadable_request");
            assertThat(call.get("dialect").stringValue()).isEqualTo("anthropic");
            assertThat(call.get("requested_model").isNull()).isTrue();
        }
        record(server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "x-gateway-timeout", "never"));

        assertThat(page("?status=400").get("requests").size()).isEqualTo(3);
        assertThat(server.openAi.requestCount()).isZero();
    }

    @Test
    void aJoinedCallCostsNothingBesideTheOneThatItJoined() throws Exception {
        server.openAi.enqueue(new Fault.SlowDrip(Duration.ofMillis(5)).asReply());
        String[] key = {"Idempotency-Key", "twice"};
        String body = ask("openai/gpt-4o", "Hello!", true);
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> server.post(CHAT, body, key));
        server.openAi.awaitRequest(Duration.ofSeconds(5));
        HttpResponse<String> second = server.post(CHAT, body, key);

        JsonNode joined = record(second);
        JsonNode payer = record(first.get(20, TimeUnit.SECONDS));

        assertThat(joined.get("replayed").booleanValue()).isTrue();
        assertThat(joined.get("cost_usd").doubleValue()).isZero();
        assertThat(payer.get("cost_usd").doubleValue()).isPositive();
        assertThat(page("").get("requests").size()).isEqualTo(2);
        assertThat(server.openAi.requestCount()).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesIsNoFailure() throws Exception {
        server.openAi.enqueue(new Fault.StallMidStream(2).asReply());
        try (RawClient client = new RawClient(server.gateway.uri())) {
            client.post(CHAT, ask("openai/gpt-4o", "Hello!", true));
            server.openAi.awaitRequest(Duration.ofSeconds(5));
        }

        Eventually.assertThatSoon(
                () -> assertThat(page("?status=499").get("requests").size()).isEqualTo(1));

        JsonNode call = page("").get("requests").get(0);
        assertThereIsOne();
        assertThat(call.get("error_type").stringValue()).isEqualTo("cancelled");
        assertThat(call.get("usage_estimated").booleanValue()).isTrue();
        assertThat(call.get("input_tokens").longValue()).isPositive();
        assertThat(call.get("cost_usd").doubleValue()).isPositive();
    }

    @Test
    void anAnswerFromTheCacheCostsNothing() throws Exception {
        server.post(CHAT, ask("openai/gpt-4o", "Hello!", false));

        JsonNode call = record(server.post(CHAT, ask("openai/gpt-4o", "Hello!", false)));

        assertThat(page("").get("requests").size()).isEqualTo(2);
        assertThat(call.get("cache").stringValue()).isEqualTo("hit");
        assertThat(call.get("provider").stringValue()).isEqualTo("openai");
        assertThat(call.get("attempts").intValue()).isZero();
        assertThat(call.get("input_tokens").longValue()).isZero();
        assertThat(call.get("cost_usd").doubleValue()).isZero();
    }

    @Test
    void aReplayedAnswerSaysSo() throws Exception {
        String[] key = {"Idempotency-Key", "once", "cache-control", "no-store"};
        server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), key);

        JsonNode call = record(server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), key));

        assertThat(page("").get("requests").size()).isEqualTo(2);
        assertThat(call.get("replayed").booleanValue()).isTrue();
        assertThat(call.get("cache").stringValue()).isEqualTo("off");
        assertThat(call.get("cost_usd").doubleValue()).isZero();
    }

    @Test
    void theLoserOfARaceIsPaidByItsCall() throws Exception {
        server.anthropic.enqueue(new Fault.StallMidStream(1).asReply());

        HttpResponse<String> answer =
                server.post(MESSAGES, ask("claude-opus-4-5", "Hello!", true), "x-routing-profile", "realtime");
        JsonNode call = record(answer);

        assertThereIsOne();
        assertThat(call.get("hedged").booleanValue()).isTrue();
        JsonNode race = trace(answer).get("hedges").get(0);
        assertThat(race.get("slow").stringValue()).startsWith("anthropic/claude-opus-4-5");
        assertThat(race.get("winner")).isEqualTo(race.get("second"));
        assertThat(race.get("winner").stringValue())
                .isEqualTo(call.get("provider").stringValue() + "/"
                        + call.get("model").stringValue());
        JsonNode paid = trace(answer)
                .get("charges")
                .valueStream()
                .filter(charge -> charge.get("for").stringValue().equals("answer"))
                .findFirst()
                .orElseThrow();
        Eventually.assertThatSoon(() -> assertThat(
                        Json.parse(server.get("/v1/requests/" + id(answer)).body())
                                .get("input_tokens")
                                .longValue())
                .isGreaterThan(paid.get("input_tokens").longValue()));
    }

    /** Dozens of models could serve most calls; a record of each is for months. */
    @Test
    void ofThoseThatCouldHaveServedTheTraceHasTheBestTenAndTellsOfHowMany() throws Exception {
        HttpResponse<String> answer = server.post(CHAT, ask("auto", "hello", false));
        JsonNode live =
                Json.parse(server.post("/v1/route", ask("auto", "hello", false)).body());
        JsonNode kept = trace(answer).get("decision");

        assertThat(live.get("ranking").size()).isGreaterThan(10);
        assertThat(kept.get("ranking").size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            assertThat(kept.get("ranking").get(i).get("model"))
                    .isEqualTo(live.get("ranking").get(i).get("model"));
        }
        assertThat(kept.at("/layers/5/out").intValue())
                .isEqualTo(live.get("ranking").size());
    }

    /** A record and its trace stay for months, and a caller may send megabytes where a name belongs. */
    @Test
    void namesThatAreNoneAreCutInRecordsAndTraces() throws Exception {
        String name = "x".repeat(100_000);
        HttpResponse<String> named = server.post(CHAT, ask(name, "hello", false));
        HttpResponse<String> typed = server.post(MESSAGES, """
                {"model":"auto","max_tokens":9,"%2$s":1,"messages":[{"role":"user","content":[{"type":"text","text":"hello"},{"type":"%1$s"}]}]}
                """.formatted(name, name.substring(50_001)));

        assertThat(record(named).get("requested_model").stringValue()).hasSizeLessThan(1_000);
        assertThat(trace(named).toString()).hasSizeLessThan(10_000);
        assertThat(trace(typed).toString()).hasSizeLessThan(60_000).contains("xxx...");
    }

    @Test
    void whatWasFoundIsCountedAndNotRepeated() throws Exception {
        HttpResponse<String> answer = server.post(CHAT, ask("openai/gpt-4o", "write to jane.doe@example.org", false));

        assertThat(record(answer).get("findings").get(0).get("kind").stringValue())
                .isEqualTo("email");
        assertThat(server.get("/v1/audit/" + id(answer)).body()).doesNotContain("jane.doe");
    }

    @Test
    void statisticsAreTheSumsOfTheRecords() throws Exception {
        server.post(CHAT, ask("openai/gpt-4o", "one", false));
        server.post(CHAT, ask("openai/gpt-4o", "two", false));
        record(server.post(MESSAGES, ask("claude-opus-4-5", "three", false)));

        JsonNode stats = Json.parse(server.get("/v1/stats").body());

        assertThat(stats.get("requests").intValue()).isEqualTo(3);
        assertThat(stats.get("succeeded").intValue()).isEqualTo(3);
        assertThat(stats.get("persistent").booleanValue()).isFalse();
        assertThat(stats.get("providers").get(0).get("provider").stringValue()).isEqualTo("openai");
        double sum = page("").get("requests")
                .valueStream()
                .mapToDouble(call -> call.get("cost_usd").doubleValue())
                .sum();
        assertThat(stats.get("cost_usd").doubleValue()).isEqualTo(sum, Offset.offset(1e-12));
    }

    @Test
    void theListIsPagedByCursor() throws Exception {
        HttpResponse<String> last = null;
        for (int i = 0; i < 5; i++) {
            last = server.post(CHAT, ask("openai/gpt-4o", "number " + i, false));
        }
        record(last);
        JsonNode first = page("?limit=3");
        JsonNode rest = page("?limit=3&cursor=" + first.get("next_cursor").stringValue());

        assertThat(first.get("requests").size()).isEqualTo(3);
        assertThat(rest.get("requests").size()).isEqualTo(2);
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        assertThat(Json.parse(server.get("/v1/audit?limit=1").body())
                        .get("traces")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void badQuestionsNameTheParameterAndTheRange() {
        assertBad("/v1/requests?limit=0", "limit: must be a whole number from 1 to 500");
        assertBad("/v1/requests?limit=501", "limit: must be a whole number from 1 to 500");
        assertBad("/v1/requests?cursor=zzz", "cursor: must be the next_cursor of the page before");
        assertBad("/v1/requests?from=yesterday", "from: must be a moment as RFC 3339 writes it");
        assertBad("/v1/requests?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from: must be before");
        assertBad("/v1/requests?colour=red", "query: has a parameter that is not known");
        assertBad("/v1/requests?status=abc", "status: must be a status of HTTP");
        assertBad("/v1/requests?source=a&source=b", "source: must be given once");
        assertBad("/v1/requests/a%20b", "request_id: must be the x-request-id of an answer");
        assertBad("/v1/stats?impact=some", "impact: must be one of none, mitigated, customer");
        assertThat(server.get("/v1/audit/req_nobody").statusCode()).isEqualTo(404);
    }

    private void assertBad(String path, String sentence) {
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(answer.body()).contains(sentence);
    }

    @Test
    void labelsThatAreTooLongAreRefused() {
        HttpResponse<String> answer =
                server.post(CHAT, ask("openai/gpt-4o", "Hello!", false), "x-source", "s".repeat(129));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("x-source: must have at most 128 characters");
    }
}
