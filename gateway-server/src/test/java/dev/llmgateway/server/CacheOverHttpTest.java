package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The exact cache as a client and an operator see it. */
class CacheOverHttpTest {
    private static final String OPENAI = "/v1/chat/completions";
    private static final String ANTHROPIC = "/v1/messages";
    private static final String BODY = """
            {"model":"%s","temperature":0,"max_tokens":50,"stream":%s,"messages":[{"role":"user","content":"Hello!"}]}""";
    private static final String HELLO = BODY.formatted("gpt-4o", false);

    private final TestServer server = TestServer.start("""
            [cache]
            enabled = true
            [model_routing.aliases]
            mine = "openai/gpt-4o"
            """);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheSameBytes() {
        HttpResponse<String> first = server.post(OPENAI, HELLO);
        HttpResponse<String> second = server.post(OPENAI, HELLO);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(server.openAi.requestCount()).isEqualTo(1);
        assertThat(first.headers().firstValue("x-gateway-cache")).isEmpty();
        assertThat(second.headers().firstValue("x-gateway-cache")).hasValue("hit");
        assertThat(second.headers().firstValue("x-gateway-cache-entry").orElseThrow())
                .matches("[0-9a-f]{16}");
        assertThat(second.headers().firstValue("x-gateway-provider")).hasValue("openai");
    }

    @Test
    void aStreamIsReplayedAsAStreamWithTheSameBytes() {
        String body = BODY.formatted("gpt-4o", true);

        assertThat(server.post(OPENAI, body).body())
                .isEqualTo(server.post(OPENAI, body).body())
                .endsWith("data: [DONE]\n\n");
        assertThat(server.openAi.requestCount()).isEqualTo(1);
    }

    @Test
    void oneAnswerServesBothDialectsAsAStreamAndWhole() {
        String said = openAiText(server.post(OPENAI, HELLO));

        assertThat(anthropicText(server.post(ANTHROPIC, HELLO, "anthropic-version", "2023-06-01")))
                .isEqualTo(said);
        assertThat(server.post(ANTHROPIC, BODY.formatted("gpt-4o", true)).body())
                .contains("event: message_start", "event: message_stop");
        assertThat(server.post(OPENAI, BODY.formatted("gpt-4o", true)).body()).endsWith("data: [DONE]\n\n");
        String withUsage = HELLO.replace("false", "true,\"stream_options\":{\"include_usage\":true}");
        assertThat(server.post(OPENAI, withUsage).body()).contains("\"completion_tokens\"");
        assertThat(server.openAi.requestCount()).isEqualTo(1);
    }

    @Test
    void anAnswerAskedForInAnthropicsDialectServesOpenAisClients() {
        String body = BODY.formatted("claude-sonnet-4-5", true);
        HttpResponse<String> first = server.post(ANTHROPIC, body);
        HttpResponse<String> second = server.post(OPENAI, BODY.formatted("claude-sonnet-4-5", false));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.headers().firstValue("x-gateway-cache")).hasValue("hit");
        assertThat(first.body()).contains(openAiText(second).split(" ")[0]);
        assertThat(server.anthropic.requestCount() + server.openAi.requestCount())
                .isEqualTo(1);
    }

    @Test
    void allNamesOfAModelShareItsAnswersAndEachClientReadsItsOwn() {
        server.post(OPENAI, HELLO);
        HttpResponse<String> byAlias = server.post(OPENAI, BODY.formatted("mine", false));

        assertThat(byAlias.headers().firstValue("x-gateway-cache")).hasValue("hit");
        assertThat(Json.parse(byAlias.body()).get("model").stringValue()).isEqualTo("mine");
        assertThat(server.openAi.requestCount()).isEqualTo(1);
    }

    @Test
    void levelsOfDataAreApart() {
        server.post(OPENAI, HELLO);
        server.post(OPENAI, HELLO, "x-data-classification", "public");

        assertThat(server.openAi.requestCount()).isEqualTo(2);
    }

    @Test
    void cacheControlIsHonoured() {
        server.post(OPENAI, HELLO, "cache-control", "no-store");
        server.post(OPENAI, HELLO);
        server.post(OPENAI, HELLO, "cache-control", "max-age=5, No-Cache, unheard-of=1");
        assertThat(server.openAi.requestCount()).isEqualTo(3);

        assertThat(server.post(OPENAI, HELLO, "cache-control", "unheard-of")
                        .headers()
                        .firstValue("x-gateway-cache"))
                .hasValue("hit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-cache|asks",
                "'NO-CACHE, x'|asks",
                "'private ,no-cache'|asks",
                "no-cache=x|asks",
                "max-age=0|asks",
                "'max-age = \"0\"'|asks",
                "no-store=1|asks",
                "max-age=5|hit",
                "max-age=abc|hit",
                "max-age|hit",
                "no-cache;no-store|hit",
                "only-if-cached|hit",
                "',,=,\"no-store\"'|hit"
            })
    void whatCacheControlMayLookLike(String value, String expected) {
        server.post(OPENAI, HELLO);

        HttpResponse<String> answer = server.post(OPENAI, HELLO, "cache-control", value);

        assertThat(answer.headers().firstValue("x-gateway-cache").orElse("asks"))
                .isEqualTo(expected);
    }

    @Test
    void aPurgeOfAnEntryWithoutANamePurgesNothing() {
        server.post(OPENAI, HELLO);

        for (String entry : new String[] {"/", "/%20", "/*", "/..", "/" + "x".repeat(5_000)}) {
            assertThat(delete("/v1/cache" + entry).statusCode()).as(entry).isEqualTo(404);
        }

        assertThat(server.post(OPENAI, HELLO).headers().firstValue("x-gateway-cache"))
                .hasValue("hit");
    }

    @Test
    void withoutATemperatureNothingIsKept() {
        String body = HELLO.replace("\"temperature\":0,", "");
        server.post(OPENAI, body);

        assertThat(server.post(OPENAI, body).headers().firstValue("x-gateway-cache"))
                .isEmpty();
        assertThat(server.openAi.requestCount()).isEqualTo(2);
    }

    @Test
    void aFailureAndAStandInsAnswerAreNotKept() {
        server.openAi.enqueue(Reply.failure(500));
        HttpResponse<String> standIn = server.post(OPENAI, HELLO);
        assertThat(standIn.headers().firstValue("x-gateway-provider")).hasValue("anthropic");

        assertThat(server.post(OPENAI, HELLO).headers().firstValue("x-gateway-provider"))
                .hasValue("openai");
    }

    @Test
    void fiftyEqualRequestsAtOnceAreOneCall() throws Exception {
        server.openAi.always(Reply.usual(Pace.after(Duration.ofMillis(500))));
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String body = BODY.formatted("gpt-4o", i % 2 == 0);
                String path = i % 3 == 0 ? ANTHROPIC : OPENAI;
                answers.add(threads.submit(() -> server.post(path, body)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
                assertThat(answer.get().body()).contains("said");
            }
        }

        assertThat(server.openAi.requestCount()).isEqualTo(1);
        assertThat(server.get("/metrics").body())
                .contains("gateway_cache_hits_total{kind=\"exact\"} 49.0")
                .contains("gateway_cache_misses_total 1.0")
                .contains("gateway_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"200\"} 1.0")
                .contains("gateway_requests_total{model=\"none\",provider=\"cache\",status=\"200\"} 49.0")
                .doesNotContain("gateway_tokens_total{direction=\"input\",provider=\"cache\"}");
    }

    @Test
    void whoeverJoinedIsAnsweredWhenTheFirstClientLeaves() throws Exception {
        server.openAi.always(Reply.usual(Pace.after(Duration.ofMillis(700))));
        CompletableFuture<HttpResponse<String>> first = send();
        server.openAi.awaitRequest(Duration.ofSeconds(5));
        CompletableFuture<HttpResponse<String>> second = send();

        first.cancel(true);

        HttpResponse<String> answer = second.get(10, TimeUnit.SECONDS);
        assertThat(openAiText(answer)).contains("said");
        assertThat(server.openAi.requestCount()).isEqualTo(1);
        assertThat(server.openAi.disconnects()).isZero();
    }

    @Test
    void theCallEndsWhenAllItsClientsHaveLeft() throws Exception {
        server.openAi.always(new Fault.StallBeforeFirstByte().asReply());
        CompletableFuture<HttpResponse<String>> first = send();
        server.openAi.awaitRequest(Duration.ofSeconds(5));
        CompletableFuture<HttpResponse<String>> second = send();

        first.cancel(true);
        second.cancel(true);

        assertThat(server.openAi.awaitDisconnect(Duration.ofSeconds(3))).isTrue();
    }

    private CompletableFuture<HttpResponse<String>> send() {
        return server.http()
                .sendAsync(
                        server.builder(OPENAI)
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void operatorsSeeTheCacheAndMakeItForget() {
        server.post(OPENAI, HELLO);
        server.post(OPENAI, HELLO.replace("Hello!", "Bye!"));
        String entry = server.post(OPENAI, HELLO)
                .headers()
                .firstValue("x-gateway-cache-entry")
                .orElseThrow();

        JsonNode shown = Json.parse(server.get("/v1/cache").body()).get("exact");
        assertThat(shown.get("entries").intValue()).isEqualTo(2);
        assertThat(shown.get("bytes").intValue()).isBetween(500, 20_000);
        assertThat(shown.get("max_entries").intValue()).isEqualTo(1000);
        assertThat(shown.get("max_bytes").intValue()).isEqualTo(64 * 1024 * 1024);
        assertThat(shown.get("hits").intValue()).isEqualTo(1);
        assertThat(shown.get("misses").intValue()).isEqualTo(2);

        assertThat(delete("/v1/cache/" + entry).statusCode()).isEqualTo(204);
        HttpResponse<String> again = delete("/v1/cache/" + entry);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("no cache has an entry", entry);
        assertThat(delete("/v1/cache").body()).isEqualTo("{\"removed\":1}");
        server.post(OPENAI, HELLO);
        assertThat(server.openAi.requestCount()).isEqualTo(3);
    }

    @Test
    void aGatewayWithoutACacheSaysSo() {
        try (TestServer plain = TestServer.start()) {
            assertThat(plain.get("/v1/cache").body()).isEqualTo("{}");
            plain.post(OPENAI, HELLO);
            assertThat(plain.post(OPENAI, HELLO).headers().firstValue("x-gateway-cache"))
                    .isEmpty();
        }
    }

    private HttpResponse<String> delete(String path) {
        return server.send(server.builder(path).DELETE());
    }

    private static String openAiText(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body())
                .get("choices")
                .get(0)
                .get("message")
                .get("content")
                .stringValue();
    }

    private static String anthropicText(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body()).get("content").get(0).get("text").stringValue();
    }
}
