package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see that send a call more than once with an {@code Idempotency-Key}. */
@Timeout(60)
final class IdempotencyOverHttpTest {

    private static final LeapingTicker TICKER = new LeapingTicker();

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("[metrics]\npublic = true\n", TICKER);

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void reset() {
        TICKER.leap();
    }

    private static String body(String model, boolean stream) {
        return """
                {"model":"%s","stream":%s,"max_tokens":50,"messages":[{"role":"user","content":"one two three four"}]}""".formatted(model, stream);
    }

    private HttpResponse<String> ask(String path, String body) {
        return SERVER.post(path, body, "Idempotency-Key", key, "x-gateway-failover", "disabled");
    }

    private static boolean isReplay(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("x-gateway-idempotent")
                .filter("true"::equals)
                .isPresent();
    }

    private static long asked() {
        return SERVER.openAi.requestCount() + SERVER.anthropic.requestCount();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,openai/gpt-4o,false",
        "/v1/chat/completions,openai/gpt-4o,true",
        "/v1/chat/completions,anthropic/claude-sonnet-4-5,false",
        "/v1/chat/completions,anthropic/claude-sonnet-4-5,true",
        "/v1/messages,anthropic/claude-sonnet-4-5,false",
        "/v1/messages,anthropic/claude-sonnet-4-5,true",
        "/v1/messages,openai/gpt-4o,false",
        "/v1/messages,openai/gpt-4o,true"
    })
    void aRepeatGetsTheSameBytes(String path, String model, boolean stream) {
        long before = asked();
        HttpResponse<String> first = ask(path, body(model, stream));
        HttpResponse<String> second = ask(path, body(model, stream));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(isReplay(first)).isFalse();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(isReplay(second)).isTrue();
        assertThat(second.body()).isEqualTo(first.body()).contains("three");
        for (String header : List.of("content-type", "x-gateway-provider", "x-gateway-model")) {
            assertThat(second.headers().firstValue(header))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(second.headers().firstValue("x-request-id"))
                .isNotEqualTo(first.headers().firstValue("x-request-id"));
        assertThat(asked() - before).isOne();
    }

    @Test
    void theSpellingOfTheBodyDoesNotCount() {
        ask(CHAT, body("openai/gpt-4o", false));
        HttpResponse<String> second = ask(CHAT, body("openai/gpt-4o", false).replace(":", " : "));

        assertThat(isReplay(second)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void anotherBodyIsRefusedInTheCallersDialect(String path) {
        String body = body("openai/gpt-4o", false);
        ask(path, body);
        for (String other :
                List.of(body.replace("four", "five"), body("openai/gpt-4o", true), body("openai/gpt-4o-mini", false))) {
            HttpResponse<String> refused = ask(path, other);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Json.parse(refused.body()).path("error").path("type").stringValue(""))
                    .isEqualTo("invalid_request_error");
            assertThat(refused.body()).contains("use a key of its own for each request");
        }
        assertThat(isReplay(ask(path, body))).isTrue();
    }

    @Test
    void aKeyOfAnotherPathIsAnotherKey() {
        ask(CHAT, body("openai/gpt-4o", false));

        assertThat(isReplay(ask(MESSAGES, body("openai/gpt-4o", false)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 529, 408, 401, 404})
    void aFailureThatMayPassIsNotKept(int status) {
        SERVER.openAi.enqueue(Reply.failure(status));
        assertThat(ask(CHAT, body("openai/gpt-4o", false)).statusCode()).isGreaterThanOrEqualTo(400);
        TICKER.leap();

        HttpResponse<String> second = ask(CHAT, body("openai/gpt-4o", false));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(isReplay(second)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRefusalOfTheRequestIsKept(int status) {
        SERVER.openAi.enqueue(Reply.failure(status));
        HttpResponse<String> first = ask(CHAT, body("openai/gpt-4o", false));
        HttpResponse<String> second = ask(CHAT, body("openai/gpt-4o", false));

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(second.statusCode()).isEqualTo(status);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(isReplay(second)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsWhileTheFirstRunsAreOneCall(boolean stream) throws Exception {
        long before = asked();
        SERVER.openAi.enqueue(Reply.usual(Pace.every(Duration.ofMillis(60))));
        Callable<HttpResponse<String>> call = () -> ask(CHAT, body("openai/gpt-4o", stream));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = clients.invokeAll(List.of(call, call, call, call));
            String first = answers.getFirst().get().body();
            int replays = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).isEqualTo(first).contains("four");
                replays += isReplay(answer.get()) ? 1 : 0;
            }
            assertThat(replays).isEqualTo(3);
        }
        assertThat(asked() - before).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatLeavesAloneEndsTheCallAndFreesTheKey(boolean stream) throws Exception {
        long asked = SERVER.openAi.requestCount();
        long left = SERVER.openAi.disconnects();
        SERVER.openAi.enqueue((stream ? new Fault.StallMidStream(4) : new Fault.StallBeforeFirstByte()).asReply());
        try (RawClient client = new RawClient(SERVER.gateway.uri())) {
            client.post(
                    CHAT,
                    body("openai/gpt-4o", stream),
                    "Idempotency-Key: " + key + "\r\n",
                    "x-gateway-failover: disabled\r\n");
            Eventually.assertThatSoon(
                    () -> assertThat(SERVER.openAi.requestCount()).isEqualTo(asked + 1));
            if (stream) {
                client.readUntil("data: ");
            }
        }
        Eventually.assertThatSoon(() -> assertThat(SERVER.openAi.disconnects()).isEqualTo(left + 1));

        HttpResponse<String> second = ask(CHAT, body("openai/gpt-4o", stream));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(isReplay(second)).isFalse();
    }

    @Test
    void aReplayIsNotBilledAgain() {
        ask(CHAT, body("openai/gpt-4o", false));
        String before = tokens();
        ask(CHAT, body("openai/gpt-4o", false));

        assertThat(tokens()).isEqualTo(before).contains("openai");
    }

    private static String tokens() {
        return SERVER.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gateway_tokens_total") || line.startsWith("gateway_cost_dollars"))
                .toList()
                .toString();
    }

    @Test
    void openAisClientReadsReplays() {
        OpenAIClient client = SdkClients.openAiSettings(SERVER.gateway.uri())
                .putHeader("Idempotency-Key", key)
                .build();
        try {
            ChatCompletionCreateParams.Builder ask =
                    ChatCompletionCreateParams.builder().model("openai/gpt-4o").addUserMessage("Hello!");
            var first = client.chat().completions().create(ask.build());
            var second = client.chat().completions().create(ask.build());

            assertThat(second).isEqualTo(first);
            assertThatExceptionOfType(UnprocessableEntityException.class)
                    .isThrownBy(() -> client.chat()
                            .completions()
                            .create(ask.addUserMessage("And again").build()))
                    .withMessageContaining("use a key of its own");
        } finally {
            client.close();
        }
    }

    @Test
    void anthropicsClientReadsReplaysOfStreams() {
        AnthropicClient client = SdkClients.anthropicSettings(SERVER.gateway.uri())
                .putHeader("Idempotency-Key", key)
                .build();
        try {
            MessageCreateParams ask = MessageCreateParams.builder()
                    .model("anthropic/claude-sonnet-4-5")
                    .maxTokens(50)
                    .addUserMessage("Hello!")
                    .build();
            List<String> streams = List.of(read(client, ask), read(client, ask));

            assertThat(streams.getFirst()).contains("Hello!");
            assertThat(streams.getLast()).isEqualTo(streams.getFirst());
        } finally {
            client.close();
        }
    }

    private static String read(AnthropicClient client, MessageCreateParams ask) {
        try (var stream = client.messages().createStreaming(ask)) {
            return stream.stream().toList().toString();
        }
    }
}
