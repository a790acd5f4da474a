package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire to each vendor: request line, headers, and what of the body depends on the vendor. */
final class VendorRequestTest {

    private static final byte[] OPENAI_BODY = utf8("""
            {"model": "gpt-4o",  "messages": [{"role": "user", "content": "hi"}], "max_completion_tokens": 9}""");
    private static final byte[] ANTHROPIC_BODY = utf8("""
            {"model": "claude-sonnet-5",  "messages": [{"role": "user", "content": "hi"}], "max_tokens": 9}""");

    private final SimulatedProvider sim = SimulatedProvider.start();

    @AfterEach
    void close() {
        sim.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, /v1/chat/completions, authorization, Bearer k-1",
        "ANTHROPIC, /v1/messages, x-api-key, k-1",
        "GOOGLE, /v1beta/openai/chat/completions, authorization, Bearer k-1",
        "DEEP_INFRA, /v1/openai/chat/completions, authorization, Bearer k-1",
        "GROQ, /openai/v1/chat/completions, authorization, Bearer k-1",
        "AZURE_OPENAI, /openai/v1/chat/completions, api-key, k-1",
        "LOCAL, /v1/chat/completions, authorization, Bearer k-1"
    })
    void sendsExactlyTheseHeaders(ProviderType type, String path, String keyHeader, String key) throws Exception {
        ReceivedRequest received = send(builder(type).apiKey(" k-1\n"), request(false), Map.of());

        assertThat(received.method() + " " + received.path()).isEqualTo("POST " + path);
        assertThat(received.query()).isEmpty();
        Map<String, String> expected = new HashMap<>(Map.of(
                "host",
                "127.0.0.1:" + sim.port(),
                "connection",
                "Keep-Alive",
                "accept",
                "application/json",
                "accept-encoding",
                "identity",
                "content-type",
                "application/json",
                "content-length",
                String.valueOf(received.body().length),
                "user-agent",
                UserAgent.VALUE,
                keyHeader,
                key));
        if (type == ProviderType.ANTHROPIC) {
            expected.put("anthropic-version", "2023-06-01");
        }
        assertThat(received.headers()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, authorization, Bearer own-key",
        "ANTHROPIC, x-api-key, own-key",
        "GOOGLE, authorization, Bearer own-key",
        "DEEP_INFRA, authorization, Bearer own-key",
        "GROQ, authorization, Bearer own-key",
        "AZURE_OPENAI, api-key, own-key",
        "LOCAL, authorization, Bearer own-key"
    })
    void sendsATenantsOwnKeyInsteadOfTheConfiguredOne(ProviderType type, String keyHeader, String key)
            throws Exception {
        for (Providers.Builder builder : List.of(builder(type).apiKey("k-1"), builder(type))) {
            try (Provider provider = builder.build()) {
                provider.open(TestCalls.withKey(request(true), "own-key")).collect();
                ReceivedRequest received = sim.awaitRequest(PATIENCE);
                assertThat(received.header(keyHeader)).isEqualTo(key);
                assertThat(received.headers().values()).noneMatch(value -> value.contains("k-1"));

                provider.open(TestCalls.call(request(true))).collect();
                assertThat(sim.awaitRequest(PATIENCE).headers().values()).noneMatch(value -> value.contains("own-key"));
            }
        }
    }

    @Test
    void namesItsVersion() {
        assertThat(UserAgent.VALUE).matches("llm-gateway/[0-9].*");
    }

    @Test
    void sendsNoKeyWhenThereIsNone() throws Exception {
        ReceivedRequest received = send(builder(ProviderType.LOCAL), request(true), Map.of());

        assertThat(received.headers()).doesNotContainKey("authorization").containsEntry("accept", "text/event-stream");
    }

    @Test
    void putsAzuresDeploymentIntoThePath() throws Exception {
        ReceivedRequest received = send(
                builder(ProviderType.AZURE_OPENAI).deployment("prod").apiVersion("2024-10-21"),
                request(false),
                Map.of());

        assertThat(received.path()).isEqualTo("/openai/deployments/prod/chat/completions");
        assertThat(received.query()).isEqualTo("api-version=2024-10-21");
    }

    @Test
    void putsAzuresDeploymentIntoTheBodyWhereThePathHasNone() throws Exception {
        ReceivedRequest received =
                send(builder(ProviderType.AZURE_OPENAI).deployment("prod"), request(false), Map.of());

        assertThat(received.json().path("model").stringValue()).isEqualTo("prod");
    }

    @ParameterizedTest
    @CsvSource({"OPENAI", "AZURE_OPENAI"})
    void sendsOpenAisBodiesAsTheyCame(ProviderType type) throws Exception {
        ReceivedRequest received = send(builder(type), new OpenAiChatCodec().decodeRequest(OPENAI_BODY), Map.of());

        assertThat(received.body()).isEqualTo(OPENAI_BODY);
    }

    @Test
    void namesTheLimitAsCopiesOfOpenAiKnowIt() throws Exception {
        for (ProviderType type :
                new ProviderType[] {ProviderType.GOOGLE, ProviderType.DEEP_INFRA, ProviderType.GROQ, ProviderType.LOCAL
                }) {
            ReceivedRequest received = send(builder(type), new OpenAiChatCodec().decodeRequest(OPENAI_BODY), Map.of());

            assertThat(received.json().path("max_tokens").intValue()).isEqualTo(9);
            assertThat(received.json().has("max_completion_tokens")).isFalse();
        }
    }

    /** Codex' fast mode asks for {@code priority}, and Anthropic takes any number of stop texts: some vendors would answer a 400. */
    @ParameterizedTest
    @CsvSource({
        "GROQ, priority, '', 4",
        "GROQ, default, on_demand, 4",
        "GROQ, flex, flex, 4",
        "GOOGLE, priority, '', 5",
        "GOOGLE, default, '', 5",
        "DEEP_INFRA, priority, priority, 6",
        "LOCAL, priority, priority, 6"
    })
    void asksForNoTiersAndStopTextsThatTheVendorRefuses(ProviderType type, String asked, String tier, int stops)
            throws Exception {
        ChatRequest fast = new OpenAiResponsesCodec().decodeRequest(utf8("""
                {"model": "m", "input": "hi", "moderation": {"model": "omni"}, "service_tier": "%s"}""".formatted(asked)));
        ChatRequest stopped = new AnthropicMessagesCodec().decodeRequest(utf8("""
                {"model": "m", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 9,
                "stop_sequences": ["1", "2", "3", "4", "5", "6"]}"""));

        ReceivedRequest first = send(builder(type), fast, Map.of());
        ReceivedRequest second = send(builder(type), stopped, Map.of());

        assertThat(first.json().path("service_tier").asString("")).isEqualTo(tier);
        assertThat(first.json().has("moderation")).isFalse();
        assertThat(second.json().path("stop")).hasSize(stops);
    }

    @Test
    void passesTheCallersVersionAndBetasOnWithItsBody() throws Exception {
        ReceivedRequest received = send(
                builder(ProviderType.ANTHROPIC),
                new AnthropicMessagesCodec().decodeRequest(ANTHROPIC_BODY),
                Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a-1,b-2", "x-other", "no"));

        assertThat(received.body()).isEqualTo(ANTHROPIC_BODY);
        assertThat(received.headers())
                .containsEntry("anthropic-version", "2026-10-21")
                .containsEntry("anthropic-beta", "a-1,b-2")
                .doesNotContainKey("x-other");
    }

    @Test
    void choosesTheVersionItselfForABodyThatItWrote() throws Exception {
        ChatRequest changed = new AnthropicMessagesCodec()
                .decodeRequest(ANTHROPIC_BODY).toBuilder().user("and this").build();

        ReceivedRequest received = send(
                builder(ProviderType.ANTHROPIC),
                changed,
                Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a-1"));

        assertThat(received.headers())
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("anthropic-beta", "a-1");
    }

    @Test
    void sendsTheBetaThatARequestNeedsBesideTheCallers() throws Exception {
        OpaqueToken signature = new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", null);
        ChatRequest back = ChatRequest.builder("claude-sonnet-5-5")
                .user("hi")
                .message(new Message(
                        Role.ASSISTANT,
                        List.of(new Content.Reasoning("", signature, Extras.NONE), new Content.Text("ok"))))
                .user("and?")
                .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null)
                .build();

        // The simulated vendor did not sign it.
        assertThatThrownBy(() -> send(builder(ProviderType.ANTHROPIC), back, Map.of("anthropic-beta", "a-1")))
                .hasMessageContaining("signature");

        assertThat(sim.awaitRequest(PATIENCE).headers())
                .containsEntry("anthropic-beta", "thinking-binding-controls-2026-08-01,a-1");
    }

    @Test
    void keepsAnthropicsHeadersFromOthersAndOthersFromAnthropic() throws Exception {
        Map<String, String> headers = Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a-1");

        ReceivedRequest toOpenAi =
                send(builder(ProviderType.OPENAI), new AnthropicMessagesCodec().decodeRequest(ANTHROPIC_BODY), headers);
        ReceivedRequest toAnthropic =
                send(builder(ProviderType.ANTHROPIC), new OpenAiChatCodec().decodeRequest(OPENAI_BODY), headers);

        assertThat(toOpenAi.headers()).doesNotContainKeys("anthropic-version", "anthropic-beta");
        assertThat(toAnthropic.headers())
                .containsEntry("anthropic-version", "2023-06-01")
                .doesNotContainKey("anthropic-beta");
    }

    @Test
    void tellsAnthropicAloneWhomTheCallerServes() throws Exception {
        ChatRequest request = new AnthropicMessagesCodec().decodeRequest(ANTHROPIC_BODY);
        Map<String, String> headers = Map.of("anthropic-user-profile-id", "uprof_1");

        assertThat(send(builder(ProviderType.ANTHROPIC), request, headers).headers())
                .containsEntry("anthropic-user-profile-id", "uprof_1");
        assertThat(send(builder(ProviderType.OPENAI), request, headers).headers())
                .doesNotContainKey("anthropic-user-profile-id");
    }

    @Test
    void refusesBetasThatNoHeaderCanCarry() {
        ChatRequest request = new AnthropicMessagesCodec().decodeRequest(ANTHROPIC_BODY);

        assertThatExceptionOfType(GatewayException.InvalidRequest.class)
                .isThrownBy(() ->
                        send(builder(ProviderType.ANTHROPIC), request, Map.of("anthropic-beta", "a\r\nx-evil: 1")))
                .withMessageContaining("anthropic-beta");
        assertThat(sim.requestCount()).isZero();
    }

    @Test
    void tellsWhichTargetCannotCarryARequest() {
        ChatRequest twoAnswers =
                ChatRequest.builder("claude-sonnet-5").user("hi").choiceCount(2).build();

        assertThatExceptionOfType(GatewayException.InvalidRequest.class)
                .isThrownBy(() -> send(builder(ProviderType.ANTHROPIC), twoAnswers, Map.of()))
                .satisfies(e -> assertThat(e.mayFailOver()).isTrue())
                .satisfies(e -> assertThat(e.param()).isEqualTo("n"));
    }

    @Test
    void tellsACallerOfResponsesWhatCannotBeCarriedByItsOwnName() {
        ChatRequest uploaded = new OpenAiResponsesCodec().decodeRequest(utf8("""
                {"model": "m", "input": [{"role": "user", "content": [{"type": "input_image", "file_id": "file-1"}]}]}"""));

        assertThatExceptionOfType(GatewayException.InvalidRequest.class)
                .isThrownBy(() -> send(builder(ProviderType.ANTHROPIC), uploaded, Map.of()))
                .satisfies(e -> assertThat(e.param()).isEqualTo("input[].content[]"))
                .withMessageStartingWith("input[].content[]: a file uploaded");
    }

    @Test
    void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Providers.openAi("openai", "sk-verysecret\u2026"))
                .withMessageContaining("openai")
                .withMessageNotContaining("verysecret");
    }

    @ParameterizedTest
    @CsvSource({"ftp://h/v1", "not a url", "https://user:pw@h/v1", "https://h/v1?key=1"})
    void refusesAnEndpointThatIsNone(String endpoint) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Providers.local("mine", endpoint))
                .withMessageContaining("\"mine\"")
                .withMessageNotContaining("pw");
    }

    @Test
    void asksForAnEndpointWhereThereIsNoUsualOne() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        Providers.builder(ProviderType.AZURE_OPENAI, "azure").build())
                .withMessageContaining("endpoint");
    }

    private Providers.Builder builder(ProviderType type) {
        return Providers.builder(type, "upstream").endpoint(sim.uri() + type.usualPath());
    }

    private ReceivedRequest send(Providers.Builder builder, ChatRequest request, Map<String, String> headers)
            throws InterruptedException {
        try (Provider provider = builder.build()) {
            provider.open(TestCalls.call(request, headers)).collect();
        }
        return sim.awaitRequest(PATIENCE);
    }

    private static ChatRequest request(boolean stream) {
        return TestCalls.request("sim-large", "hi").withStream(stream);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
