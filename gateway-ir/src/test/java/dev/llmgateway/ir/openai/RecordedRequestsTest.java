package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests as real clients sent them. */
class RecordedRequestsTest {

    private static final Target TARGET = new Target("p", "served-model", ModelTraits.openAi());

    @ParameterizedTest
    @CsvSource({
        "opencode-1.18.33-chat.json,max_completion_tokens",
        "pi-0.73-openai-completions.json,max_completion_tokens",
        "qwen-code.json,max_completion_tokens"
    })
    void passOnByteForByteButForTheModelAndTheLimitsName(String name, String limit) {
        byte[] body = Fixtures.clientRequest(name);
        String expected = utf8(body)
                .replace("\"model\":\"gw-model\"", "\"model\":\"served-model\"")
                .replace("\"max_tokens\":", "\"" + limit + "\":");

        EncodedRequest sent = CODEC.encodeRequest(CODEC.decodeRequest(body), TARGET);

        assertThat(utf8(sent.body())).isEqualTo(expected);
        assertThat(sent.dropped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opencode-1.18.33-chat.json", "pi-0.73-openai-completions.json", "qwen-code.json"})
    void readTheSameWhenTheyAreWrittenAnew(String name) {
        ChatRequest request = CODEC.decodeRequest(Fixtures.clientRequest(name));

        byte[] anew = CODEC.encodeRequest(request.toBuilder().build(), TARGET).body();

        assertThat(CODEC.decodeRequest(anew)).isEqualTo(request.withModel("served-model"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai-image.req.json",
                "openai-json-schema.req.json",
                "openai-length.req.json",
                "openai-parallel-tools-stream.req.json",
                "openai-reasoning.req.json",
                "openai-refusal.req.json",
                "openai-text-stream-cached-usage.req.json",
                "openai-tool-stream.req.json",
                "groq-midstream-error.req.json",
                "groq-text-stream.req.json",
                "groq-tool.req.json",
                "google-compat-tool-empty-id.req.json",
                "azure-text-stream.req.json",
                "ollama-text-reasoning-stream.req.json"
            })
    void recordedRequestsReadTheSameWhenTheyAreWrittenAnew(String name) {
        ChatRequest request = CODEC.decodeRequest(Fixtures.bytes(name));

        byte[] anew = CODEC.encodeRequest(request.toBuilder().build(), Requests.CAPABLE)
                .body();

        ChatRequest again = CODEC.decodeRequest(anew);
        assertThat(again.messages()).isEqualTo(request.messages());
        assertThat(again.toolUse()).isEqualTo(request.toolUse());
        assertThat(again.outputFormat()).isEqualTo(request.outputFormat());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-code-2.1.197-print-first.json",
                "claude-code-2.1.330-interactive-main.json",
                "claude-code-2.1.330-interactive-title.json",
                "claude-code-2.1.330-no-experimental-betas.json",
                "claude-code-2.1.330-print-after-tool.json",
                "claude-code-2.1.330-print-first.json",
                "pi-0.73-anthropic-messages.json"
            })
    void whatAnthropicsClientsSendByThemselvesIsNeverRefused(String name) {
        ChatRequest request = new AnthropicMessagesCodec().decodeRequest(Fixtures.clientRequest(name));

        byte[] sent = CODEC.encodeRequest(request, TARGET).body();

        ChatRequest read = CODEC.decodeRequest(sent);
        assertThat(read.messages()).isNotEmpty();
        assertThat(utf8(sent)).doesNotContain("x-anthropic-billing-header", "cache_control", "DeferredToolPlaceholder");
    }

    @Test
    void claudeCodesBetaMembersAreDroppedAndNamed() {
        ChatRequest request = new AnthropicMessagesCodec()
                .decodeRequest(Fixtures.clientRequest("claude-code-2.1.330-interactive-main.json"));
        Target reasoning = new Target(
                "p",
                "m",
                ModelTraits.openAi().toBuilder()
                        .efforts(EnumSet.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH))
                        .maxOutputTokens(16_384)
                        .build());

        EncodedRequest sent = CODEC.encodeRequest(request, reasoning);

        assertThat(sent.dropped())
                .contains(
                        "context_management",
                        "safeguards",
                        "thinking.display",
                        "cache_control",
                        "tools.DeferredToolPlaceholder");
        JsonNode body = Json.parse(sent.body());
        assertThat(body.get("reasoning_effort").asString()).isEqualTo("high");
        assertThat(body.get("max_completion_tokens").asInt()).isEqualTo(16_384);
        assertThat(body.has("context_management")).isFalse();
        assertThat(body.has("metadata")).isFalse();
        assertThat(body.get("user").asString()).hasSizeLessThanOrEqualTo(64);
        assertThat(body.get("stream_options")).isEqualTo(Streams.json("{'include_usage':true}"));
    }

    @Test
    void claudeCodesTitleRequestHasAnEmptyListOfToolsThatIsLeftOut() {
        ChatRequest request = new AnthropicMessagesCodec()
                .decodeRequest(Fixtures.clientRequest("claude-code-2.1.330-interactive-title.json"));

        JsonNode body = Json.parse(CODEC.encodeRequest(request, TARGET).body());

        assertThat(body.has("tools")).isFalse();
        assertThat(body.get("response_format").get("type").asString()).isEqualTo("json_schema");
    }

    @Test
    void claudeCodesToolRoundBecomesACallAndItsResult() {
        ChatRequest request = new AnthropicMessagesCodec()
                .decodeRequest(Fixtures.clientRequest("claude-code-2.1.330-print-after-tool.json"));

        EncodedRequest sent = CODEC.encodeRequest(request, TARGET);

        ChatRequest read = CODEC.decodeRequest(sent.body());
        Content.ToolCall call = (Content.ToolCall) read.messages().stream()
                .flatMap(message -> message.content().stream())
                .filter(Content.ToolCall.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(read.messages().getLast().content().getFirst())
                .isInstanceOfSatisfying(
                        Content.ToolResult.class,
                        result -> assertThat(result.callId()).isEqualTo(call.id()));
        assertThat(sent.dropped()).contains("messages[].output_config");
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
