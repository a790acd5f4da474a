package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.JsonSchemaMode;
import dev.llmgateway.ir.codec.ModelTraits.Thinking;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Nothing of a request is lost in silence. A request with every member there is is written for another dialect, then once
 * more without each member in turn: what is sent, or what is named as dropped, must differ, or else the member made no
 * difference and nobody was told.
 */
class NoSilentLossTest {

    private static final DialectCodec OPENAI = new OpenAiChatCodec();
    private static final DialectCodec ANTHROPIC = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    /** Spelling of the dialect itself, or values that ask for what happens anyway. */
    private static final Set<String> MEANINGLESS = Set.of(
            "stream_options",
            "stream_options.include_usage",
            "stream_options.include_obfuscation",
            // The target has a name of its own for its model.
            "model",
            // A label of the caller's; Anthropic's schemas are nameless, always strict, and closed in any case.
            "response_format.json_schema.name",
            "response_format.json_schema.strict",
            "response_format.json_schema.schema.additionalProperties",
            "text.format.name",
            "text.format.strict",
            "text.format.schema.additionalProperties",
            // What stands there when nothing does.
            "parameters.type",
            "messages[2].content[1].source.media_type",
            "messages[2].content[0].source.media_type",
            "messages[4].content[1].input",
            "tools[0].type",
            "tool_calls[0].type",
            "cache_control.type",
            "prompt_cache_breakpoint.mode",
            // The only format that is told in a tool's description.
            "format.type",
            // Messages are what has no type, and texts what a summary is made of.
            "input[0].type",
            "input[1].type",
            "input[3].type",
            "input[4].type",
            "input[5].type",
            "input[13].type",
            "summary[0].type",
            // A seal that others can do nothing with.
            "encrypted_content");

    private static final String OPENAI_REQUEST = """
        {"model":"m","stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"top_p":0.9,"top_k":5,
        "seed":7,"frequency_penalty":0.1,"presence_penalty":0.2,"stop":["a"],"max_completion_tokens":900,
        "max_tokens":800,"reasoning_effort":"high","user":"u","safety_identifier":"s","metadata":{"k":"v"},"store":true,
        "logprobs":true,"top_logprobs":2,"logit_bias":{"1":2},"service_tier":"flex","verbosity":"low",
        "modalities":["text","audio"],"prediction":{"type":"content","content":"p"},"prompt_cache_key":"key",
        "prompt_cache_retention":"24h","web_search_options":{},"vendor_member":1,"parallel_tool_calls":false,
        "response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","strict":true,
        "schema":{"type":"object","properties":{"x":{"type":"integer","minimum":3}},"additionalProperties":false}}},
        "tool_choice":{"type":"function","function":{"name":"f"}},
        "tools":[{"type":"function","vendor":1,"function":{"name":"f","description":"fd","strict":true,"unknown":2,
        "parameters":{"type":"object","properties":{"p":{"type":"string"}}}}},
        {"type":"custom","custom":{"name":"c","description":"cd","format":{"type":"grammar",
            "grammar":{"syntax":"lark","definition":"x"}}}},
        {"type":"web_search"}],
        "messages":[{"role":"developer","content":"d","d_member":"dn"},
        {"role":"user","name":"un","content":"hello"},
        {"role":"assistant","content":"a","refusal":"r","a_member":"an","reasoning_content":"t","annotations":[1]},
        {"role":"system","s_member":"sn","content":[{"type":"text","text":"mid"}]},
        {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"high"}},
        {"type":"text","text":"marked","prompt_cache_breakpoint":{"mode":"explicit"},"part_member":1},
        {"type":"file","file":{"filename":"f.pdf","file_data":"data:application/pdf;base64,AAAA"}}]},
        {"role":"assistant","tool_calls":[{"id":"c1","type":"function","call_member":1,
        "extra_content":{"google":{"thought_signature":"sig"}},"function":{"name":"f","arguments":"{\\"p\\":1}"}},
        {"id":"c2","type":"custom","custom":{"name":"c","input":"free"}}]},
        {"role":"tool","tool_call_id":"c1","content":"result","tool_member":1},
        {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"result2"}]},
        {"role":"user","content":"go"}]}\
        """;

    private static final String ANTHROPIC_REQUEST = """
        {"model":"m","max_tokens":9000,"stream":true,"temperature":0.5,"top_p":0.9,"top_k":5,"stop_sequences":["a"],
        "metadata":{"user_id":"u","other":1},"service_tier":"standard_only","container":{"skills":[]},"context_management":{"edits":[{"type":"e"}]},
        "speed":"fast","vendor_member":1,
        "thinking":{"type":"enabled","budget_tokens":2000,"display":"omitted"},
        "output_config":{"effort":"high","novel":2,"format":{"type":"json_schema","schema":{"type":"object"}}},
        "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true},
        "tools":[{"type":"custom","name":"f","description":"fd","strict":true,"defer_loading":true,
        "input_examples":[{}],"input_schema":{"type":"object","properties":{"p":{"type":"string"}}}},
        {"name":"g","eager_input_streaming":true,"input_schema":{"type":"object","properties":{"q":{}}}}],
        "system":[{"type":"text","text":"sys"},{"type":"text","text":"sys2","sys_member":1}],
        "messages":[{"role":"user","message_member":1,"content":"hello"},
        {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"text","text":"a",
        "citations":[1]}]},
        {"role":"user","content":[{"type":"document","title":"dt","context":"dc","source":{"type":"text",
        "media_type":"text/plain","data":"doc"}},{"type":"document","title":"pdf","source":{"type":"base64",
        "media_type":"application/pdf","data":"AAAA"}}]},
        {"role":"system","output_config":{"effort":"low"},"content":"mid"},
        {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"f","input":{"p":1},"caller":{"x":1},
        "cache_control":{"type":"ephemeral"}},
        {"type":"tool_use","id":"c2","name":"g","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"result","is_error":true,
        "result_member":1},{"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"r2","deep":1},
        {"type":"search_result","source":"x"},
        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
        {"type":"text","text":"go"}]}]}\
        """;

    private static final String RESPONSES_REQUEST = """
            {"model":"m","stream":true,"stream_options":{"include_obfuscation":false},"instructions":"be brief",
            "temperature":0.5,"top_p":0.9,"max_output_tokens":900,"metadata":{"k":"v"},"store":true,
            "include":["message.output_text.logprobs","file_search_call.results"],"top_logprobs":2,"service_tier":"flex",
            "prompt_cache_key":"key","prompt_cache_retention":"24h","safety_identifier":"s","truncation":"auto",
            "max_tool_calls":3,"vendor_member":1,"parallel_tool_calls":false,
            "reasoning":{"effort":"high","summary":"auto"},
            "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","description":"d","strict":true,"novel":1,
            "schema":{"type":"object","properties":{"x":{"type":"integer","minimum":3}},"additionalProperties":false}}},
            "tool_choice":{"type":"function","name":"f"},
            "tools":[{"type":"function","name":"f","description":"fd","strict":false,"defer_loading":true,
            "parameters":{"type":"object","properties":{"p":{"type":"string"}}}},
            {"type":"custom","name":"c","description":"cd","format":{"type":"grammar","syntax":"lark","definition":"x"}},
            {"type":"namespace","name":"ns","description":"nd","tools":[{"type":"function","name":"g","description":"gd",
            "parameters":{"type":"object","properties":{"q":{"type":"string"}}}}]},
            {"type":"web_search"}],
            "input":[{"type":"message","role":"developer","content":"d","d_member":"dn"},
            {"type":"message","role":"user","u_member":"un","content":"hello"},
            {"type":"reasoning","summary":[{"type":"summary_text","text":"t"}],"encrypted_content":"sealed"},
            {"type":"message","role":"assistant","a_member":"an","phase":"commentary","content":[{"type":"output_text",
            "text":"a","annotations":[{"type":"x"}]},{"type":"refusal","refusal":"r"}]},
            {"type":"message","role":"system","content":[{"type":"input_text","text":"mid"}]},
            {"type":"message","role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AAAA",
            "detail":"high"},{"type":"input_text","text":"marked","prompt_cache_breakpoint":{"mode":"explicit"},
            "part_member":1},
            {"type":"input_file","filename":"f.pdf","file_data":"data:application/pdf;base64,AAAA"},
            {"type":"image_url","image_url":{"url":"https://h/i.png","novel":1}}]},
            {"type":"function_call","call_id":"c1","name":"f","arguments":"{\\"p\\":1}","call_member":1},
            {"type":"custom_tool_call","call_id":"c2","name":"c","input":"free"},
            {"type":"function_call","call_id":"c3","namespace":"ns","name":"g","arguments":"{\\"q\\":2}"},
            {"type":"web_search_call","action":{"query":"q"}},
            {"type":"function_call_output","call_id":"c1","output":"result","output_member":1},
            {"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"text","text":"result2"},{"type":"novel","x":1},
            {"type":"input_image","image_url":"data:image/png;base64,AAAA"}]},
            {"type":"function_call_output","call_id":"c3","output":"result3"},
            {"type":"message","role":"user","content":"go"}]}""";

    static Stream<Arguments> ways() {
        ModelTraits claude = ModelTraits.anthropic().toBuilder()
                .efforts(EnumSet.allOf(ReasoningOptions.Effort.class))
                .thinking(Thinking.BUDGET_OR_ADAPTIVE)
                .build();
        ModelTraits poorClaude = ModelTraits.anthropic().toBuilder()
                .thinking(Thinking.NONE)
                .acceptsSampling(false)
                .acceptsMidInstructions(false)
                .acceptsStop(false)
                .acceptsForcedTool(false)
                .jsonSchema(JsonSchemaMode.NONE)
                .build();
        ModelTraits gpt = ModelTraits.openAi().toBuilder()
                .acceptsTopK(true)
                .efforts(EnumSet.allOf(ReasoningOptions.Effort.class))
                .reasoningField(ModelTraits.ReasoningField.REASONING_CONTENT)
                .build();
        ModelTraits poor = ModelTraits.openAi().toBuilder()
                .acceptsSampling(false)
                .acceptsOpenAiExtras(false)
                .acceptsMidInstructions(false)
                .acceptsStop(false)
                .acceptsForcedTool(false)
                .jsonSchema(JsonSchemaMode.NONE)
                .build();
        return Stream.of(
                Arguments.of("chat to Claude", OPENAI, OPENAI_REQUEST, ANTHROPIC, claude),
                Arguments.of("chat to a Claude that takes little", OPENAI, OPENAI_REQUEST, ANTHROPIC, poorClaude),
                Arguments.of("chat to a copy that takes little", OPENAI, OPENAI_REQUEST, OPENAI, poor),
                Arguments.of("messages to OpenAI", ANTHROPIC, ANTHROPIC_REQUEST, OPENAI, gpt),
                Arguments.of("messages to a copy that takes little", ANTHROPIC, ANTHROPIC_REQUEST, OPENAI, poor),
                Arguments.of("chat to Responses", OPENAI, OPENAI_REQUEST, RESPONSES, gpt),
                Arguments.of("chat to a Responses copy that takes little", OPENAI, OPENAI_REQUEST, RESPONSES, poor),
                Arguments.of("messages to Responses", ANTHROPIC, ANTHROPIC_REQUEST, RESPONSES, gpt),
                Arguments.of(
                        "messages to a Responses copy that takes little",
                        ANTHROPIC,
                        ANTHROPIC_REQUEST,
                        RESPONSES,
                        poor),
                Arguments.of("Responses to chat", RESPONSES, RESPONSES_REQUEST, OPENAI, gpt),
                Arguments.of("Responses to a copy that takes little", RESPONSES, RESPONSES_REQUEST, OPENAI, poor),
                Arguments.of("Responses to Claude", RESPONSES, RESPONSES_REQUEST, ANTHROPIC, claude),
                Arguments.of(
                        "Responses to a Claude that takes little",
                        RESPONSES,
                        RESPONSES_REQUEST,
                        ANTHROPIC,
                        poorClaude));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void everyMemberIsCarriedRefusedOrNamed(
            String name, DialectCodec from, String request, DialectCodec to, ModelTraits traits) {
        Target target = new Target("p", "wire-model", traits);
        JsonNode full = Json.parse(request.getBytes(StandardCharsets.UTF_8));
        Sent whole = send(from, full, to, target);
        assertThat(whole.error()).isNull();

        Set<String> silent = new TreeSet<>();
        EachMember.leaveOut(full, path -> {
            Sent sent = send(from, full, to, target);
            if (sent.equals(whole)) {
                silent.add(path);
            }
            // What lies inside one that was named as dropped is named with it.
            return sent.body().equals(whole.body()) && !sent.dropped().equals(whole.dropped());
        });
        silent.removeIf(path -> MEANINGLESS.stream().anyMatch(path::endsWith));
        if (to == OPENAI && traits.showsReasoning()) {
            // It is shown to whoever asks for it, and to whoever does not.
            silent.remove("reasoning.summary");
        }
        assertThat(silent)
                .as("members that made no difference, dropped: %s", whole.dropped())
                .isEmpty();
    }

    private record Sent(
            String body, Set<String> dropped, @Nullable String error) {}

    private static Sent send(DialectCodec from, JsonNode request, DialectCodec to, Target target) {
        try {
            EncodedRequest sent = to.encodeRequest(from.decodeRequest(Json.write(request)), target);
            return new Sent(new String(sent.body(), StandardCharsets.UTF_8), Set.copyOf(sent.dropped()), null);
        } catch (InvalidRequestFormatException | UntranslatableException e) {
            return new Sent("", Set.of(), e.getMessage());
        }
    }
}
