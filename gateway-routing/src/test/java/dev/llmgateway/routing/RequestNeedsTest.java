package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestNeedsTest {

    private final ChatRequest plain = ChatRequest.builder("auto").user("hi").build();

    @Test
    void aPlainRequestNeedsNothingSpecial() {
        assertThat(needs(plain).capabilities()).isEmpty();
        assertThat(needs(plain).classification()).isEqualTo(DataClassification.INTERNAL);
        assertThat(needs(plain).requestedOutputTokens()).isNull();
        assertThat(needs(plain).promptTokens())
                .isEqualTo(PromptEstimate.of(plain).tokens());
        assertThat(needs(plain.toBuilder().maxOutputTokens(7).build()).requestedOutputTokens())
                .isEqualTo(7);
    }

    @Test
    void whatTheRequestUsesIsNeeded() {
        ToolUse tools = new ToolUse(List.of(new Tool.Function("f", null, null)), null, null);
        Content image = new Content.Image(new MediaSource.Url("https://example.com/cat.png"));

        assertThat(needs(plain.withStream(true)).capabilities()).containsExactly(Capability.STREAMING);
        assertThat(needs(plain.toBuilder().toolUse(tools).build()).capabilities())
                .containsExactly(Capability.TOOL_USE);
        assertThat(needs(plain.toBuilder()
                                .message(new Message(Role.USER, List.of(image)))
                                .build())
                        .capabilities())
                .containsExactly(Capability.VISION);
    }

    @Test
    void bothKindsOfJsonOutputNeedJsonMode() {
        OutputFormat schema = new OutputFormat.JsonSchema(
                null, null, Json.parse("{\"type\":\"object\"}".getBytes(StandardCharsets.UTF_8)), null);

        for (OutputFormat format : List.of(new OutputFormat.JsonObject(), schema)) {
            assertThat(needs(plain.toBuilder().outputFormat(format).build()).capabilities())
                    .containsExactly(Capability.JSON_MODE);
        }
    }

    @Test
    void whoAsksForThinkingNeedsIt() {
        assertThat(thinks(Mode.ENABLED, null, null)).isTrue();
        assertThat(thinks(Mode.BETWEEN_TOOLS, null, null)).isTrue();
        assertThat(thinks(null, Effort.MINIMAL, null)).isTrue();
        assertThat(thinks(null, null, 1_024)).isTrue();
        assertThat(thinks(null, Effort.NONE, null)).isFalse();
        assertThat(thinks(Mode.DISABLED, Effort.HIGH, null)).isFalse();
        assertThat(thinks(null, null, null)).isFalse();
    }

    /** As Claude Code does with every request, whatever the model. */
    @Test
    void whoLeavesThinkingToTheModelDoesNotNeedIt() {
        byte[] body = """
                {"model": "m", "max_tokens": 10, "thinking": {"type": "adaptive"}, "output_config": {"effort": "high"},
                 "messages": [{"role": "user", "content": "hi"}]}""".getBytes(StandardCharsets.UTF_8);

        assertThat(needs(new AnthropicMessagesCodec().decodeRequest(body)).capabilities())
                .isEmpty();
        assertThat(thinks(Mode.ADAPTIVE, Effort.HIGH, null)).isFalse();
    }

    /** As Codex does by the name of the model, whoever answers to that name. */
    @Test
    void anAgentsEffortIsNoNeedButItsToolsAre() {
        byte[] body = """
                {"model": "m", "input": "hi", "reasoning": {"effort": "medium", "summary": "auto"},
                 "tools": [{"type": "function", "name": "exec"}]}""".getBytes(StandardCharsets.UTF_8);

        assertThat(needs(new OpenAiResponsesCodec().decodeRequest(body)).capabilities())
                .containsExactly(Capability.TOOL_USE);
    }

    /** Whoever writes Chat Completions chooses the model with the effort; an agent's thinking is a wish. */
    @Test
    void onlyTheThinkingOfMessagesCanBeDoneWithout() {
        byte[] body = """
                {"model": "m", "max_tokens": 5000, "thinking": {"type": "enabled", "budget_tokens": 4000},
                 "tools": [{"name": "exec", "input_schema": {"type": "object"}}],
                 "messages": [{"role": "user", "content": "hi"}]}""".getBytes(StandardCharsets.UTF_8);
        ChatRequest agent = new AnthropicMessagesCodec().decodeRequest(body);
        ChatRequest chat = new OpenAiChatCodec().decodeRequest("""
                {"model": "m", "reasoning_effort": "high", "messages": [{"role": "user", "content": "hi"}]}""".getBytes(StandardCharsets.UTF_8));
        RoutingOptions options = RoutingOptions.defaults();

        assertThat(needs(agent).capabilities())
                .containsExactlyInAnyOrder(Capability.TOOL_USE, Capability.EXTENDED_THINKING);
        Requirements without = RequestNeeds.withoutThinking(needs(agent), agent, options);
        assertThat(without).isNotNull();
        assertThat(without.capabilities()).containsExactly(Capability.TOOL_USE);
        assertThat(RequestNeeds.withoutThinking(needs(chat), chat, options)).isNull();
        assertThat(RequestNeeds.withoutThinking(needs(plain), plain, options)).isNull();
    }

    @Test
    void theProfilesNeedsAreAdded() {
        RoutingProfile cites = new RoutingProfile(
                "own",
                "tests",
                1,
                0,
                RoutingProfile.BATCH.latency(),
                Map.copyOf(RoutingProfile.BATCH.scoreWeights()),
                Set.of(Capability.CITATIONS),
                false);

        assertThat(RequestNeeds.of(
                                plain.withStream(true),
                                RoutingOptions.defaults().withProfile(cites))
                        .capabilities())
                .containsExactlyInAnyOrder(Capability.CITATIONS, Capability.STREAMING);
    }

    @Test
    void theLowerCeilingHolds() {
        assertThat(ceiling(null, null)).isNull();
        assertThat(ceiling(0.5, null)).isEqualTo(0.5);
        assertThat(ceiling(null, 0.2)).isEqualTo(0.2);
        assertThat(ceiling(0.5, 0.2)).isEqualTo(0.2);
        assertThat(ceiling(0.1, 0.2)).isEqualTo(0.1);
    }

    private @Nullable Double ceiling(@Nullable Double own, @Nullable Double operators) {
        RoutingOptions options = RoutingOptions.defaults();
        return RequestNeeds.of(plain, own == null ? options : options.withMaxCost(own))
                .atMost(operators)
                .maxCost();
    }

    private boolean thinks(@Nullable Mode mode, @Nullable Effort effort, @Nullable Integer budget) {
        ChatRequest request = plain.toBuilder()
                .reasoning(new ReasoningOptions(mode, effort, budget, null))
                .build();
        return needs(request).capabilities().contains(Capability.EXTENDED_THINKING);
    }

    private static Requirements needs(ChatRequest request) {
        return RequestNeeds.of(request, RoutingOptions.defaults());
    }
}
