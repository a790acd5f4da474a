package dev.llmgateway.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.text.Markers.Marked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A marker is put into every string of a body, one after the other, and into an unknown member of every object. Whoever maps
 * the marker away must not find it in what is sent, in any dialect.
 */
class NothingForgottenTest {

    private static final DialectCodec OPENAI = new OpenAiChatCodec();
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final Target TO_OPENAI = new Target(
            "openai",
            "capable",
            ModelTraits.openAi().toBuilder()
                    .acceptsTopK(true)
                    .efforts(EnumSet.allOf(Effort.class))
                    .reasoningField(ModelTraits.ReasoningField.REASONING_CONTENT)
                    .build());
    private static final Target TO_GOOGLE = new Target(
            "google",
            "capable",
            ModelTraits.openAi().toBuilder()
                    .googleCompatible(true)
                    .reasoningField(ModelTraits.ReasoningField.REASONING_CONTENT)
                    .build());
    private static final Target TO_RESPONSES = new Target(
            "openai",
            "capable",
            ModelTraits.openAi().toBuilder()
                    .efforts(EnumSet.allOf(Effort.class))
                    .acceptsCacheBreakpoints(true)
                    .build());
    private static final Target TO_ANTHROPIC = new Target(
            "anthropic",
            "capable",
            ModelTraits.anthropic().toBuilder()
                    .acceptsTopPWithTemperature(true)
                    .thinking(ModelTraits.Thinking.BUDGET_OR_ADAPTIVE)
                    .efforts(EnumSet.allOf(Effort.class))
                    .build());

    /** What no walk may touch: words of the protocol, names of models and tools, ids, seals, and binary data. */
    private static final Pattern OPENAI_EXEMPT = exempt(
            "model",
            "tool_choice|function_call",
            "messages\\[\\]\\.role",
            ".*\\.type|.*\\.type\\[\\]",
            ".*\\.required\\[\\]",
            "messages\\[\\]\\.(tool_calls\\[\\]\\.id|tool_call_id)",
            ".*\\.(function|custom|function_call)\\.name",
            "functions\\[\\]\\.name",
            ".*\\.image_url\\.detail",
            ".*\\.input_audio\\.(data|format)",
            ".*\\.file\\.(file_id|file_data)",
            ".*\\.thought_signature",
            "messages\\[\\]\\.content\\[\\]\\.image_url\\.url", // data, but for one that has a test of its own
            ".*\\.prompt_cache_breakpoint\\.mode");

    /** A function's result names its function in place of an id. */
    private static final Pattern LEGACY_EXEMPT = exempt(OPENAI_EXEMPT.pattern(), "messages\\[\\]\\.name");

    private static final Pattern ANTHROPIC_EXEMPT = exempt(
            "model",
            "tool_choice\\.type",
            "messages\\[\\]\\.role",
            ".*\\.type|.*\\.type\\[\\]",
            ".*\\.required\\[\\]",
            "messages\\[\\]\\.content\\[\\]\\.(id|tool_use_id)",
            "(messages\\[\\]\\.content|tools)\\[\\]\\.name",
            ".*\\.source\\.(media_type|file_id)",
            ".*\\.cache_control\\.ttl",
            ".*\\.(signature|encrypted_content|encrypted_index)",
            ".*\\[\\]\\.data",
            ".*\\.source\\.data",
            "thinking\\.display");

    private static final Pattern RESPONSES_EXEMPT = exempt(
            "model",
            "tool_choice(\\.name)?",
            "input\\[\\]\\.(id|role|status|phase)",
            ".*\\.type|.*\\.type\\[\\]",
            ".*\\.required\\[\\]",
            "input\\[\\]\\.(call_id|name|namespace)",
            "tools\\[\\](\\.tools\\[\\])?\\.name",
            ".*\\.detail",
            ".*\\.input_audio\\.(data|format)",
            ".*\\.(file_id|file_data|encrypted_content)",
            "input\\[\\]\\.content\\[\\]\\.image_url",
            ".*\\.prompt_cache_breakpoint\\.mode");

    private static Pattern exempt(String... paths) {
        return Pattern.compile(String.join("|", paths));
    }

    @Test
    void noTextOfAFullOpenAiRequestIsForgotten() {
        nothingIsForgotten(OPENAI, EveryPlace.openAi(), OPENAI_EXEMPT);
    }

    @Test
    void noTextOfAnOpenAiRequestThatMustBeWrittenAnewIsForgotten() {
        nothingIsForgotten(OPENAI, EveryPlace.openAiWithReasoning(), OPENAI_EXEMPT);
    }

    @Test
    void noTextOfALegacyOpenAiRequestIsForgotten() {
        nothingIsForgotten(OPENAI, EveryPlace.legacyOpenAi(), LEGACY_EXEMPT);
    }

    @Test
    void noTextOfAFullAnthropicRequestIsForgotten() {
        nothingIsForgotten(ANTHROPIC, EveryPlace.anthropic(), ANTHROPIC_EXEMPT);
    }

    @Test
    void noTextOfAFullResponsesRequestIsForgotten() {
        nothingIsForgotten(RESPONSES, ResponsesPlaces.all(), RESPONSES_EXEMPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex-0.169.0-custom-provider", "codex-0.169.0-builtin-after-426"})
    void noTextOfARecordedResponsesRequestIsForgotten(String name) {
        nothingIsForgotten(RESPONSES, Json.parse(Fixtures.clientRequest(name + ".json")), RESPONSES_EXEMPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen-code", "opencode-1.18.33-chat", "pi-0.73-openai-completions"})
    void noTextOfARecordedOpenAiRequestIsForgotten(String name) {
        nothingIsForgotten(OPENAI, Json.parse(Fixtures.clientRequest(name + ".json")), OPENAI_EXEMPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-code-2.1.330-print-after-tool",
                "claude-code-2.1.330-interactive-title",
                "pi-0.73-anthropic-messages"
            })
    void noTextOfARecordedAnthropicRequestIsForgotten(String name) {
        nothingIsForgotten(ANTHROPIC, Json.parse(Fixtures.clientRequest(name + ".json")), ANTHROPIC_EXEMPT);
    }

    /** A request in which one text changed is written anew: what the codecs have no word for must be in it all the same. */
    @Test
    void aChangedOpenAiRequestLosesNoUnknownMember() {
        keepsUnknownMembers(OPENAI, TO_OPENAI, EveryPlace.openAi(), exempt("tool_choice\\..*"));
    }

    @Test
    void aChangedAnthropicRequestLosesNoUnknownMember() {
        keepsUnknownMembers(ANTHROPIC, TO_ANTHROPIC, EveryPlace.anthropic(), exempt("-"));
    }

    @Test
    void aChangedResponsesRequestLosesNoUnknownMember() {
        keepsUnknownMembers(RESPONSES, TO_RESPONSES, ResponsesPlaces.all(), exempt("-"));
    }

    private static void keepsUnknownMembers(DialectCodec codec, Target target, JsonNode body, Pattern exempt) {
        Set<String> lost = new TreeSet<>();
        for (Marked marked : Markers.everywhere(body, exempt)) {
            if (marked.path().endsWith(".x_unknown")) {
                ChatRequest request = codec.decodeRequest(marked.body());
                ChatRequest changed =
                        RequestTexts.map(request, (text, place) -> text.equals("Bye") ? "Good-bye" : text);
                assertThat(changed).isNotEqualTo(request);
                String sent = new String(codec.encodeRequest(changed, target).body(), StandardCharsets.UTF_8);
                if (!sent.contains(Markers.MARKER)) {
                    lost.add(marked.path());
                }
                assertThat(codec.decodeRequest(sent.getBytes(StandardCharsets.UTF_8)))
                        .as(marked.path())
                        .isEqualTo(changed.withModel("capable"));
            }
        }
        assertThat(lost).isEmpty();
    }

    private static void nothingIsForgotten(DialectCodec codec, JsonNode body, Pattern exempt) {
        List<Marked> all = Markers.everywhere(body, exempt);
        assertThat(all).isNotEmpty();
        Set<String> forgotten = new TreeSet<>();
        for (Marked marked : all) {
            ChatRequest clean = RequestTexts.map(
                    codec.decodeRequest(marked.body()), (text, place) -> text.replace(Markers.MARKER, ""));
            for (String sent : sent(clean)) {
                if (sent.contains(Markers.MARKER)) {
                    forgotten.add(marked.path());
                }
            }
        }
        assertThat(forgotten).isEmpty();
    }

    /** The bodies that go out to either vendor, where it can be asked this at all. */
    private static List<String> sent(ChatRequest request) {
        List<String> sent = new ArrayList<>();
        for (var way : List.of(
                new Way(OPENAI, TO_OPENAI),
                new Way(OPENAI, TO_GOOGLE),
                new Way(ANTHROPIC, TO_ANTHROPIC),
                new Way(RESPONSES, TO_RESPONSES))) {
            try {
                sent.add(new String(way.codec.encodeRequest(request, way.target).body(), StandardCharsets.UTF_8));
            } catch (UntranslatableException e) {
                assertThat(e).hasMessageNotContaining(Markers.MARKER);
            }
        }
        assertThat(sent).isNotEmpty();
        return sent;
    }

    private record Way(DialectCodec codec, Target target) {}
}
