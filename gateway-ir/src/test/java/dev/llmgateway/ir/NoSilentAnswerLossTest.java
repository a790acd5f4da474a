package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Nothing of an answer is lost in silence. An answer with every member there is is written for a client of another dialect, then
 * once more without each member in turn: what the client reads, or what is named as dropped, must differ.
 */
class NoSilentAnswerLossTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    /** Spelling of the dialect itself, the provider's own numbers and machines, and sums of what is told. */
    private static final Set<String> MEANINGLESS = Set.of(
            "object",
            // The client reads the name that it asked by; when it was made is told where there is a member for it.
            "model",
            "created",
            "created_at",
            "system_fingerprint",
            "role",
            ".type",
            "type",
            "status",
            ".index",
            "total_tokens",
            "total_tokens_details",
            // An item, or a part, has a number of its own where the client's format has any.
            "output[0].id",
            "output[1].id",
            "output[2].id",
            "output[3].id",
            // The end of a range without its begin, and the other way round; what is named has them with it.
            "start_index",
            "end_index",
            // Only its vendor's own search can be asked with it.
            "encrypted_index",
            // Told by what the answer has: a call, a refusal, an end.
            "finish_reason",
            "stop_reason",
            // Told as the stop sequence that was hit.
            "incomplete_details");

    private static final String CHAT_ANSWER = """
            {"id":"gen-1731000000-abcDEFghiJKL","object":"chat.completion","created":7,"model":"m","system_fingerprint":"fp","service_tier":"priority",
            "novel":1,"choices":[{"index":0,"finish_reason":"tool_calls","choice_member":1,"logprobs":{"content":[{"token":"hello",
            "logprob":-0.5,"bytes":[1],"top_logprobs":[]}],"refusal":[{"token":"no","logprob":-0.25}]},"message":{"role":"assistant",
            "content":"hello","reasoning_content":"hm","refusal":"no","message_member":1,"annotations":[{"type":"url_citation",
            "url_citation":{"url":"https://a.example/","title":"A","start_index":0,"end_index":2}},{"type":"file","file":{"hash":"h"}}],
            "audio":{"id":"a"},"tool_calls":[{"id":"t1","type":"function","call_member":1,"function":{"name":"f",
            "arguments":"{\\"a\\":1}"}}]}}],
            "usage":{"prompt_tokens":20,"completion_tokens":7,"total_tokens":27,"usage_member":1,"cost_details":{"search":2},
            "prompt_tokens_details":{"cached_tokens":2,"audio_tokens":3},
            "completion_tokens_details":{"reasoning_tokens":2,"accepted_prediction_tokens":3,"detail_member":1}}}""";

    private static final String MESSAGES_ANSWER = """
            {"id":"msg_01XFDUDYJgAACzvnptvVoYEL","type":"message","role":"assistant","model":"m","novel":1,"container":{"id":"x"},
            "stop_reason":"stop_sequence","stop_sequence":"END","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
            {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"q"}},
            {"type":"web_search_tool_result","tool_use_id":"s1","content":[]},
            {"type":"text","text":"hello","text_member":1,"citations":[{"type":"web_search_result_location",
            "url":"https://a.example/","title":"A","cited_text":"words","encrypted_index":"e"},{"type":"page_location","cited_text":"w"}]},
            {"type":"tool_use","id":"t1","name":"f","input":{"a":1},"caller":{"type":"code_execution"}}],
            "usage":{"input_tokens":20,"output_tokens":7,"service_tier":"batch","speed":"fast","inference_geo":"us","usage_member":1,
            "server_tool_use":{"web_search_requests":2},"cache_creation":{"ephemeral_5m_input_tokens":2,"life_member":1},
            "output_tokens_details":{"thinking_tokens":2,"detail_member":1}}}""";

    private static final String RESPONSES_ANSWER = """
            {"id":"resp_67ccd2bed1ec8190b14f964abc05","object":"response","created_at":7,"model":"m","status":"completed","service_tier":"priority","novel":1,
            "output":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"c2ln"},
            {"type":"web_search_call","id":"ws_1","action":{"query":"q"}},
            {"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"commentary","content":[
            {"type":"output_text","text":"hello","part_member":1,"annotations":[{"type":"url_citation","url":"https://a.example/",
            "title":"A","start_index":0,"end_index":2},{"type":"file_citation","file_id":"f"}],
            "logprobs":[{"token":"hello","logprob":-0.5,"bytes":[1],"top_logprobs":[]}]},{"type":"refusal","refusal":"no"},{"type":"output_audio","transcript":"ho"}]},
            {"type":"function_call","id":"fc_1","call_id":"t1","name":"f","arguments":"{\\"a\\":1}","call_member":1}],
            "usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27,"usage_member":1,
            "input_tokens_details":{"cached_tokens":2,"audio_tokens":3},
            "output_tokens_details":{"reasoning_tokens":2,"detail_member":1}}}""";

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("Chat to a Messages client", CHAT, CHAT_ANSWER, MESSAGES),
                Arguments.of("Chat to a Responses client", CHAT, CHAT_ANSWER, RESPONSES),
                Arguments.of("Messages to a Chat client", MESSAGES, MESSAGES_ANSWER, CHAT),
                Arguments.of("Messages to a Responses client", MESSAGES, MESSAGES_ANSWER, RESPONSES),
                Arguments.of("Responses to a Chat client", RESPONSES, RESPONSES_ANSWER, CHAT),
                Arguments.of("Responses to a Messages client", RESPONSES, RESPONSES_ANSWER, MESSAGES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void everyMemberIsToldOrNamed(String name, DialectCodec provider, String answer, DialectCodec client) {
        JsonNode full = Json.parse(answer.getBytes(StandardCharsets.UTF_8));
        Shown whole = shown(provider, full, client);

        Set<String> silent = new TreeSet<>();
        EachMember.leaveOut(full, path -> {
            Shown less = shown(provider, full, client);
            if (less.equals(whole)) {
                silent.add(path);
            }
            // What lies inside one that was named as dropped is named with it.
            return less.body().equals(whole.body()) && !less.dropped().equals(whole.dropped());
        });
        silent.removeIf(path -> MEANINGLESS.stream().anyMatch(path::endsWith));
        assertThat(silent)
                .as("members that made no difference, dropped: %s", whole.dropped())
                .isEmpty();
    }

    private record Shown(String body, Set<String> dropped) {}

    private static Shown shown(DialectCodec provider, JsonNode answer, DialectCodec client) {
        ChatRequest request = client.decodeRequest(requestOf(client));
        try {
            ChatResponse read = provider.decodeResponse(Json.write(answer), new Target("p", "m", ModelTraits.openAi()))
                    .answeredBy(new Origin("p", "m", List.of()), 1);
            String body = new String(client.encodeResponse(read, request), StandardCharsets.UTF_8);
            return new Shown(
                    body.replaceAll("[a-z]+_[0-9a-f]{32}|(chatcmpl-|call_)[0-9A-Za-z]{20,}", "a-random-id"),
                    Set.copyOf(AnswerLosses.of(read, request)));
        } catch (MalformedAnswerException e) {
            return new Shown("", Set.of(String.valueOf(e.getMessage())));
        }
    }

    private static byte[] requestOf(DialectCodec client) {
        String request = switch (client.dialect()) {
            case OPENAI_CHAT, ANTHROPIC_MESSAGES -> """
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";
            case OPENAI_RESPONSES -> """
                {"model":"m","input":"hi"}""";
            case OPENAI_EMBEDDINGS -> throw new IllegalArgumentException("embeddings are no chat");
        };
        return request.getBytes(StandardCharsets.UTF_8);
    }
}
