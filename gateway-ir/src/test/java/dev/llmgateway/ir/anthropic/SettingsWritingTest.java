package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.json;
import static dev.llmgateway.ir.anthropic.Writing.ANSWER;
import static dev.llmgateway.ir.anthropic.Writing.LOOK;
import static dev.llmgateway.ir.anthropic.Writing.ask;
import static dev.llmgateway.ir.anthropic.Writing.calls;
import static dev.llmgateway.ir.anthropic.Writing.conversation;
import static dev.llmgateway.ir.anthropic.Writing.messages;
import static dev.llmgateway.ir.anthropic.Writing.write;
import static dev.llmgateway.ir.anthropic.Writing.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ThinkingOff;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What sampling and reasoning become at Anthropic, and what is named as lost. */
class SettingsWritingTest {

    /** A model that thinks by default. */
    private static final UnaryOperator<ModelTraits.Builder> NEWEST = t -> t.thinking(ModelTraits.Thinking.ADAPTIVE)
            .efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH, Effort.XHIGH, Effort.MAX));

    @Test
    void samplingThatAnthropicHasNotIsNamedInTheCallersWords() {
        EncodedRequest encoded = write(ask().sampling(new Sampling(1.7, 0.5, 10, 7L, 0.1, 0.2, List.of("END", " \n")))
                .extras(Extras.of(
                        Dialect.OPENAI_CHAT, Map.of("logprobs", json("true"), "stream_options", json("{}")))));
        JsonNode body = json(encoded.body());
        assertThat(body.get("temperature").doubleValue()).isEqualTo(1.0);
        assertThat(body.get("top_k").intValue()).isEqualTo(10);
        assertThat(body.get("stop_sequences")).isEqualTo(json("['END']"));
        assertThat(encoded.dropped())
                .containsExactlyInAnyOrder(
                        "seed", "frequency_penalty", "presence_penalty", "temperature", "top_p", "stop", "logprobs");
        ChatRequest.Builder own = ask().sampling(new Sampling(null, null, null, null, null, null, List.of(" ")))
                .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null);
        assertThat(write(own).dropped()).containsExactly("stop_sequences");
    }

    @Test
    void newerModelsTakeNoSamplingAtAll() {
        EncodedRequest encoded = write(
                ask().sampling(new Sampling(1.0, 0.9, 5, null, null, null, List.of())), t -> t.acceptsSampling(false));
        assertThat(json(encoded.body()).propertyNames()).containsExactly("model", "max_tokens", "messages");
        assertThat(encoded.dropped()).containsExactly("temperature", "top_p", "top_k");
    }

    @ParameterizedTest
    @CsvSource({"MINIMAL,1024", "LOW,1024", "MEDIUM,8192", "HIGH,24576"})
    void anEffortBecomesABudgetWithRoomForTheAnswer(Effort effort, int budget) {
        JsonNode body = written(ask().reasoning(ReasoningOptions.effort(effort)));
        assertThat(body.get("thinking")).isEqualTo(json("{'type':'enabled','budget_tokens':" + budget + "}"));
        assertThat(body.get("max_tokens").intValue()).isEqualTo(budget + 4096);
    }

    @Test
    void theBudgetStaysBelowMaxTokens() {
        JsonNode body =
                written(ask().reasoning(ReasoningOptions.effort(Effort.HIGH)).maxOutputTokens(4000));
        assertThat(body.get("thinking").get("budget_tokens").intValue()).isEqualTo(3000);
        EncodedRequest tooSmall =
                write(ask().reasoning(ReasoningOptions.effort(Effort.HIGH)).maxOutputTokens(500));
        assertThat(json(tooSmall.body()).has("thinking")).isFalse();
        assertThat(tooSmall.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void aModelThatAdaptsGetsTheEffort() {
        UnaryOperator<ModelTraits.Builder> adaptive =
                t -> t.thinking(ModelTraits.Thinking.ADAPTIVE).efforts(Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH));
        JsonNode body = json(write(ask().reasoning(ReasoningOptions.effort(Effort.XHIGH)), adaptive)
                .body());
        assertThat(body.get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(body.get("output_config")).isEqualTo(json("{'effort':'high'}"));
        EncodedRequest budget =
                write(ask().reasoning(new ReasoningOptions(ReasoningOptions.Mode.ENABLED, null, 5000, null)), adaptive);
        // What is thought with a budget is shown, and without one it is not, unless told otherwise.
        assertThat(json(budget.body()).get("thinking")).isEqualTo(json("{'type':'adaptive','display':'summarized'}"));
        assertThat(budget.dropped()).containsExactly("thinking.budget_tokens");
    }

    @ParameterizedTest
    @CsvSource({"UNSAID,", "DISABLED,disabled", "BETWEEN_TOOLS,between_tools"})
    void noEffortMeansNoThinkingInTheModelsOwnWords(ThinkingOff how, @Nullable String type) {
        ChatRequest.Builder none = ask().reasoning(ReasoningOptions.effort(Effort.NONE));
        EncodedRequest encoded = write(none, t -> NEWEST.apply(t).thinkingOff(how));
        JsonNode body = json(encoded.body());
        assertThat(body.path("thinking"))
                .isEqualTo(type == null ? MissingNode.getInstance() : json("{'type':'" + type + "'}"));
        assertThat(body.has("output_config")).isFalse();
        assertThat(encoded.dropped()).isEmpty();
    }

    @Test
    void aModelThatAlwaysThinksIsAskedForTheLeastAndTheWishIsNamed() {
        UnaryOperator<ModelTraits.Builder> always = t -> NEWEST.apply(t).thinkingOff(ThinkingOff.REFUSED);
        EncodedRequest encoded = write(ask().reasoning(ReasoningOptions.effort(Effort.NONE)), always);
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(json(encoded.body()).get("output_config")).isEqualTo(json("{'effort':'low'}"));
        assertThat(encoded.dropped()).containsExactly("reasoning_effort");
        EncodedRequest anthropics = write(
                ask().reasoning(new ReasoningOptions(ReasoningOptions.Mode.DISABLED, Effort.MAX, null, null))
                        .decodedFrom(Dialect.ANTHROPIC_MESSAGES, null),
                always);
        assertThat(json(anthropics.body()).get("output_config")).isEqualTo(json("{'effort':'max'}"));
        assertThat(anthropics.dropped()).containsExactly("thinking");
    }

    @ParameterizedTest
    @CsvSource({"LOW,low,''", "HIGH,high,''", "XHIGH,high,''", "MAX,high,reasoning_effort"})
    void anEffortBesideNoThinkingIsOneThatTheModelTakesThen(Effort asked, String effort, String dropped) {
        EncodedRequest sent =
                write(ask().reasoning(new ReasoningOptions(ReasoningOptions.Mode.DISABLED, asked, null, null)), NEWEST);
        JsonNode body = json(sent.body());
        assertThat(body.get("thinking")).isEqualTo(json("{'type':'disabled'}"));
        assertThat(body.get("output_config")).isEqualTo(json("{'effort':'" + effort + "'}"));
        assertThat(String.join(" ", sent.dropped())).isEqualTo(dropped);
    }

    @Test
    void thinkingBetweenToolsAloneIsAskedOfAModelThatKnowsTheWordAndElsewhereNone() {
        ChatRequest.Builder request =
                ask().reasoning(new ReasoningOptions(ReasoningOptions.Mode.BETWEEN_TOOLS, null, null, null));
        assertThat(json(write(request, t -> NEWEST.apply(t).thinkingOff(ThinkingOff.BETWEEN_TOOLS))
                                .body())
                        .get("thinking"))
                .isEqualTo(json("{'type':'between_tools'}"));
        assertThat(json(write(request, NEWEST).body()).get("thinking")).isEqualTo(json("{'type':'disabled'}"));
    }

    @Test
    void aModelThatCannotThinkIsNotAskedTo() {
        EncodedRequest encoded =
                write(ask().reasoning(ReasoningOptions.effort(Effort.LOW)), t -> t.thinking(ModelTraits.Thinking.NONE));
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(encoded.dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void whileItThinksTheTemperatureIsLeftAlone() {
        EncodedRequest encoded = write(ask().reasoning(ReasoningOptions.effort(Effort.LOW))
                .sampling(new Sampling(0.2, 0.5, 3, null, null, null, List.of())));
        assertThat(json(encoded.body()).has("temperature")).isFalse();
        assertThat(encoded.dropped()).containsExactly("temperature", "top_p", "top_k");
    }

    @Test
    void aForcedToolIsWorthMoreThanAThinkingBudget() {
        ChatRequest.Builder request = ask().reasoning(ReasoningOptions.effort(Effort.LOW))
                .toolUse(new ToolUse(List.of(LOOK), ToolChoice.REQUIRED, null));
        EncodedRequest encoded = write(request);
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(json(encoded.body()).get("tool_choice")).isEqualTo(json("{'type':'any'}"));
        assertThat(encoded.dropped()).containsExactly("reasoning_effort");
        EncodedRequest adaptive = write(request, t -> t.thinking(ModelTraits.Thinking.ADAPTIVE));
        assertThat(json(adaptive.body()).get("thinking")).isEqualTo(json("{'type':'adaptive'}"));
        assertThat(adaptive.dropped()).isEmpty();
    }

    @Test
    void aToolTurnWithoutAnthropicThinkingSwitchesTheBudgetOff() {
        Content foreign = new Content.Reasoning("hm", null, Extras.NONE);
        EncodedRequest encoded = write(conversation(
                        Message.user("go"),
                        calls(foreign, new Content.ToolCall("c", "look", "{}")),
                        Message.toolResult("c", "r"))
                .reasoning(ReasoningOptions.effort(Effort.LOW)));
        assertThat(json(encoded.body()).has("thinking")).isFalse();
        assertThat(encoded.dropped()).containsExactlyInAnyOrder("reasoning_effort", "messages[].reasoning_content");
        Content own = new Content.Reasoning(
                "hm", new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_SIGNATURE, "s", null), Extras.NONE);
        JsonNode kept = written(conversation(
                        Message.user("go"),
                        calls(own, new Content.ToolCall("c", "look", "{}")),
                        Message.toolResult("c", "r"))
                .reasoning(ReasoningOptions.effort(Effort.LOW)));
        assertThat(kept.get("thinking").get("type").stringValue()).isEqualTo("enabled");
        assertThat(kept.get("messages").get(1).get("content").get(0))
                .isEqualTo(json("{'type':'thinking','thinking':'hm','signature':'s'}"));
    }

    @Test
    void onlyAnthropicsOwnReasoningGoesBackToIt() {
        assertThat(messages(
                                Message.user("a"),
                                calls(
                                        new Content.Reasoning(
                                                null,
                                                new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "x", null),
                                                Extras.NONE),
                                        new Content.Reasoning(
                                                null,
                                                new OpaqueToken(OpaqueToken.Kind.ANTHROPIC_REDACTED, "d", null),
                                                Extras.NONE),
                                        ANSWER),
                                Message.user("b"))
                        .get(1)
                        .get("content"))
                .isEqualTo(json("[{'type':'redacted_thinking','data':'d'},{'type':'text','text':'ok'}]"));
    }
}
