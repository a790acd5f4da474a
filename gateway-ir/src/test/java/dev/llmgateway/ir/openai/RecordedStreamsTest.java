package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Streams as providers really sent them. */
class RecordedStreamsTest {

    private static final Origin ORIGIN = new Origin("p", "served", List.of());

    @ParameterizedTest
    @CsvSource({
        "openai-text-stream-cached-usage.sse",
        "openai-tool-stream.sse",
        "openai-parallel-tools-stream.sse",
        "ollama-text-reasoning-stream.sse"
    })
    void aClientOfTheSameDialectGetsTheBytesThatCame(String name) {
        ChatRequest request = Streams.request(
                "{'model':'served','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}");

        String shown = Streams.encode(request, ORIGIN, Streams.decodeFixture(OPENAI, name));

        assertThat(data(shown)).isEqualTo(data(new String(Fixtures.bytes(name), StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"openai-text-stream-cached-usage.sse", "openai-parallel-tools-stream.sse", "azure-text-stream.sse"})
    void onlyTheModelIsReplacedForAClientThatAskedByAnAlias(String name) {
        ChatRequest request = Streams.request(
                "{'model':'my-alias','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}");

        List<SseEvent> shown = Fixtures.events(Streams.encode(request, ORIGIN, Streams.decodeFixture(OPENAI, name))
                .getBytes(StandardCharsets.UTF_8));

        List<SseEvent> came = Fixtures.events(name);
        assertThat(shown).hasSameSizeAs(came);
        for (SseEvent event : shown.subList(0, shown.size() - 1)) {
            assertThat(Json.parse(event.data()).get("model").asString()).isEqualTo("my-alias");
        }
    }

    /** DeepInfra puts it into the chunk with the finish reason, where OpenAI's own accumulators stumble over it. */
    @Test
    void usageBesideTheFinishReasonGetsAChunkOfItsOwn() {
        ChatRequest request = Streams.request(
                "{'model':'served','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}");

        List<SseEvent> shown = Fixtures.events(
                Streams.encode(request, ORIGIN, Streams.decodeFixture(OPENAI, "deepinfra-text-stream.sse"))
                        .getBytes(StandardCharsets.UTF_8));

        JsonNode finish = Json.parse(shown.get(shown.size() - 3).data());
        JsonNode usage = Json.parse(shown.get(shown.size() - 2).data());
        assertThat(finish.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(finish.path("usage").isObject()).isFalse();
        assertThat(usage.get("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(48);
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(189);
    }

    /** Groq's older streams have it in {@code x_groq}, where no client of OpenAI's looks. */
    @Test
    void usageThatIsHiddenIsShownToThoseWhoAskForIt() {
        String asked = "{'model':'served','stream':true%s,'messages':[{'role':'user','content':'x'}]}";
        ChatRequest hidden = Streams.request(asked.formatted(""));
        ChatRequest shown = Streams.request(asked.formatted(",'stream_options':{'include_usage':true}"));

        String came = Streams.encode(hidden, ORIGIN, Streams.decodeFixture(OPENAI, "groq-text-stream.sse"));
        String more = Streams.encode(shown, ORIGIN, Streams.decodeFixture(OPENAI, "groq-text-stream.sse"));

        String recorded = new String(Fixtures.bytes("groq-text-stream.sse"), StandardCharsets.UTF_8);
        List<SseEvent> events = Fixtures.events(more.getBytes(StandardCharsets.UTF_8));
        assertThat(data(came)).isEqualTo(data(recorded));
        assertThat(events).hasSize(Fixtures.events("groq-text-stream.sse").size() + 1);
        assertThat(Json.parse(events.get(events.size() - 2).data())
                        .at("/usage/completion_tokens")
                        .asInt())
                .isEqualTo(73);
    }

    @Test
    void readsCachedTokensApartFromTheOthers() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "openai-text-stream-cached-usage.sse"));
        JsonNode usage = lastUsage("openai-text-stream-cached-usage.sse");
        long prompt = usage.get("prompt_tokens").asLong();
        long cached = usage.get("prompt_tokens_details").get("cached_tokens").asLong();

        assertThat(cached).isPositive();
        assertThat(answer.usage())
                .isEqualTo(new Usage(
                        prompt - cached,
                        cached,
                        0,
                        0,
                        usage.get("completion_tokens").asLong(),
                        0));
    }

    @Test
    void readsParallelToolCallsByTheirIndex() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "openai-parallel-tools-stream.sse"));

        assertThat(answer.toolCalls())
                .extracting(Content.ToolCall::name, Content.ToolCall::id)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.toList().getFirst()).isEqualTo("get_current_weather"));
        assertThat(answer.toolCalls())
                .extracting(call -> Json.parse(call.arguments()).isObject())
                .containsOnly(true);
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void readsOneToolCall() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "openai-tool-stream.sse"));

        assertThat(answer.toolCalls()).hasSize(1);
        assertThat(answer.first().content().getLast()).isInstanceOf(Content.ToolCall.class);
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.TOOL_USE);
    }

    @Test
    void azuresFirstChunkWithoutChoicesDoesNotNameTheAnswer() {
        List<ChatEvent> events = Streams.decodeFixture(OPENAI, "azure-text-stream.sse");

        assertThat(events.getFirst()).isInstanceOfSatisfying(ChatEvent.Started.class, start -> {
            assertThat(start.id()).isEqualTo("chatcmpl-D0xlcDvxBE8sfHG0Q8B84MZtlYbab");
            assertThat(start.model()).isEqualTo("gpt-4o-mini-2024-07-18");
        });
        assertThat(events.get(1)).isInstanceOf(ChatEvent.Vendor.class);
        assertThat(Streams.fold(events).text()).startsWith("Hello! How").endsWith("?");
        assertThat(Streams.fold(events).usage()).isEqualTo(Usage.of(9, 10));
    }

    @Test
    void groqsUsageIsFoundUnderXGroq() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "groq-text-stream.sse"));

        assertThat(answer.usage()).isEqualTo(Usage.of(18, 73));
        assertThat(answer.text()).endsWith("your face!)");
    }

    @Test
    void googlesErrorInAnArrayIsAnErrorInMidStream() {
        String error = "[{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}]";

        WireError told = catchThrowableOfType(
                        ProviderStreamException.class, () -> Streams.decode(Streams.GOOGLE, error))
                .error();

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.message()).isEqualTo("overloaded");
    }

    @Test
    void groqsErrorInMidStreamIsAnErrorWithItsOwnStatus() {
        EventDecoder decoder = CODEC.eventDecoder(OPENAI);
        List<ChatEvent> events = new ArrayList<>();
        WireError error = catchThrowableOfType(
                        ProviderStreamException.class,
                        () -> Fixtures.events("groq-midstream-error.sse")
                                .forEach(event -> decoder.decode(event, events::add)))
                .error();

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).isEqualTo("tool_use_failed");
        assertThat(error.message()).startsWith("Tool call validation failed");
        assertThat(events).hasAtLeastOneElementOfType(ChatEvent.ReasoningDelta.class);
    }

    @Test
    void anErrorKeyInAChunkIsAnError() {
        WireError error = catchThrowableOfType(
                        ProviderStreamException.class,
                        () -> Streams.decodeFixture(OPENAI, "openai-midstream-error-composed.sse"))
                .error();

        assertThat(error.kind()).isEqualTo(WireError.Kind.SERVER);
        assertThat(error.status()).isEqualTo(500);
        assertThat(error.message()).startsWith("The server had an error");
    }

    @Test
    void ollamasReasoningIsAPartBeforeTheText() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "ollama-text-reasoning-stream.sse"));

        assertThat(answer.first().content()).hasSize(2);
        assertThat(answer.first().content().getFirst()).isInstanceOfSatisfying(Content.Reasoning.class, reasoning -> {
            assertThat(reasoning.text()).startsWith("The task:");
            assertThat(reasoning.token()).isNull();
        });
        assertThat(answer.text()).startsWith("1").endsWith("3");
        assertThat(answer.usage()).isEqualTo(Usage.of(74, 53));
    }

    @Test
    void deepInfrasUsageRidesOnTheLastChunk() {
        ChatResponse answer = Streams.fold(Streams.decodeFixture(OPENAI, "deepinfra-text-stream.sse"));

        assertThat(answer.usage()).isEqualTo(Usage.of(48, 189));
        assertThat(answer.first().stopReason()).isEqualTo(StopReason.END_TURN);
        assertThat(answer.first().content()).hasSize(1);
    }

    @Test
    void googlesThoughtsInTagsBecomeReasoningAndTheTagsReachNobody() {
        List<ChatEvent> events = Streams.decodeFixture(GOOGLE, "google-compat-thought-stream.sse");
        ChatResponse answer = Streams.fold(events);

        assertThat(answer.first().content()).hasSize(2);
        assertThat(answer.first().content().getFirst())
                .isInstanceOfSatisfying(
                        Content.Reasoning.class,
                        reasoning -> assertThat(reasoning.text())
                                .startsWith("**Defining the Greeting**")
                                .contains("**Selecting a Response**", "**Finalizing the Greeting**"));
        assertThat(answer.text()).isEqualTo("你好！有什么我可以帮助你的吗？");
        String shown = Streams.encode(user(), ORIGIN, events);
        assertThat(shown)
                .doesNotContain("thought>")
                .contains("reasoning_content")
                .contains("data: [DONE]");
    }

    @Test
    void hidesTheUsageChunkThatTheClientDidNotAskFor() {
        String shown = Streams.encode(user(), ORIGIN, Streams.decodeFixture(OPENAI, "azure-text-stream.sse"));

        assertThat(shown)
                .doesNotContain("completion_tokens")
                .contains("finish_reason\":\"stop")
                .endsWith("data: [DONE]\n\n");
    }

    private static ChatRequest user() {
        return Streams.request("{'model':'served','stream':true,'messages':[{'role':'user','content':'x'}]}");
    }

    private static JsonNode lastUsage(String name) {
        JsonNode usage = null;
        for (SseEvent event : Fixtures.events(name)) {
            if (!event.text().startsWith("[") && event.text().contains("\"usage\":{")) {
                usage = Json.parse(event.data()).get("usage");
            }
        }
        return usage;
    }

    private static List<String> data(String stream) {
        return Fixtures.events(stream.getBytes(StandardCharsets.UTF_8)).stream()
                .map(SseEvent::text)
                .toList();
    }
}
