package dev.llmgateway.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member that a vendor adds tomorrow is never lost in silence, however deep it stands. Each object of an answer, whole or streamed,
 * gets one in turn: what the client reads, or what is named as dropped, must change, unless all of the object is named anyway.
 */
class NoSilentMemberTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();

    private static final String NEW = "new_member";

    /** Objects that only repeat what was asked, and arguments of calls, in which a member is a value. */
    private static final Set<String> NOT_LOOKED_INTO = Set.of("text", "reasoning", "input");

    private static final List<String> OF_CHAT = List.of("""
            {"id":"c1","object":"chat.completion","created":7,"model":"m","x_groq":{"id":"g"},"choices":[{"index":0,
            "finish_reason":"tool_calls","logprobs":{"content":[{"token":"hello","logprob":-0.5,"top_logprobs":[{"token":"hi","logprob":-1}]}],
            "refusal":[{"token":"no","logprob":-0.25}]},"message":{"role":"assistant","content":"hello","reasoning_content":"hm",
            "annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/","title":"A","start_index":0,"end_index":2}}],
            "extra_content":{"google":{"thought":true}},
            "tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{}}},
            {"id":"t2","type":"custom","custom":{"name":"g","input":"x"}}]}}],
            "usage":{"prompt_tokens":20,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":2},
            "completion_tokens_details":{"reasoning_tokens":2}}}""", """
            {"id":"c1","model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant",
            "content":[{"type":"text","text":"a"},{"type":"refusal","refusal":"b"}]}}]}""");

    /** Written anew for a client of Chat, too, who reads a tool call. */
    private static final String LEGACY_OF_CHAT = """
            {"id":"c1","model":"m","choices":[{"index":0,"finish_reason":"function_call",
            "message":{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}}]}""";

    private static final List<String> OF_MESSAGES = List.of("""
            {"id":"m1","type":"message","role":"assistant","model":"m","stop_reason":"tool_use","container":{"id":"x"},
            "stop_details":{"type":"refusal"},"content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
            {"type":"redacted_thinking","data":"c2ln"},{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"q"}},
            {"type":"text","text":"hello","citations":[{"type":"web_search_result_location","url":"https://a.example/","title":"A",
            "cited_text":"words","encrypted_index":"e"}]},
            {"type":"tool_use","id":"t1","name":"f","input":{"a":{"b":1}},"caller":{"type":"direct"}}],
            "usage":{"input_tokens":20,"output_tokens":7,"server_tool_use":{"web_search_requests":2},
            "cache_creation":{"ephemeral_5m_input_tokens":2},"output_tokens_details":{"thinking_tokens":2}}}""");

    private static final List<String> OF_RESPONSES = List.of("""
            {"id":"r1","object":"response","created_at":7,"model":"m","status":"incomplete",
            "incomplete_details":{"reason":"max_output_tokens"},"reasoning":{"effort":"low"},"text":{"format":{"type":"text"}},
            "output":[{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
            "content":[{"type":"reasoning_text","text":"hm, hm"}],"encrypted_content":"c2ln"},
            {"type":"web_search_call","id":"ws_1","action":{"query":"q"}},
            {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"hello",
            "annotations":[{"type":"url_citation","url":"https://a.example/","title":"A","start_index":0,"end_index":2}],
            "logprobs":[{"token":"hello","logprob":-0.5,"bytes":[1],"top_logprobs":[{"token":"hi","logprob":-1}]}]},
            {"type":"refusal","refusal":"no"}]},
            {"type":"function_call","id":"fc_1","call_id":"t1","name":"f","arguments":"{}"},
            {"type":"custom_tool_call","id":"ctc_1","call_id":"t2","name":"g","input":"x"}],
            "usage":{"input_tokens":20,"output_tokens":7,"input_tokens_details":{"cached_tokens":2},
            "output_tokens_details":{"reasoning_tokens":2}}}""");

    private static final String STREAM_OF_CHAT = """
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"hel"}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"reasoning_content":"hm","extra_content":{"google":{"thought":true}}}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"lo"},{"type":"refusal","refusal":"no"}]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"!"},"logprobs":{"content":[{"token":"!","logprob":-0.5}],"refusal":[]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/"}}]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":"{"},"extra_content":{"google":{}}}]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","type":"custom","custom":{"name":"g","input":"x"}}]}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls","logprobs":{"content":[]}}],"x_groq":{"id":"g"}}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{}}]}
            {"id":"c1","model":"m","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":2}}}""";

    private static final String LEGACY_STREAM_OF_CHAT = """
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{"function_call":{"name":"f","arguments":"{}"}}}]}
            {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"function_call"}]}""";

    private static final String STREAM_OF_MESSAGES = """
            {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":20,"cache_creation":{"ephemeral_5m_input_tokens":2}}}}
            {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
            {"type":"ping"}
            {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}
            {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"hello"}}
            {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example/","title":"A","cited_text":"words","encrypted_index":"e"}}}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{},"caller":{"type":"direct"}}}
            {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}}
            {"type":"content_block_stop","index":2}
            {"type":"message_delta","delta":{},"usage":{"output_tokens":6}}
            {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":7,"output_tokens_details":{"thinking_tokens":2}}}
            {"type":"message_delta","delta":{},"usage":{"output_tokens":8}}
            {"type":"message_stop"}""";

    private static final String STREAM_OF_RESPONSES = """
            {"type":"response.created","sequence_number":0,"response":{"id":"r1","model":"m","status":"in_progress","output":[]}}
            {"type":"response.in_progress","response":{"id":"r1","model":"m","status":"in_progress","output":[]}}
            {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}
            {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}
            {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"hm"}
            {"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,"text":"hm"}
            {"type":"response.reasoning_summary_part.done","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"hm"}}
            {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]}}
            {"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_1","role":"assistant","content":[]}}
            {"type":"response.content_part.added","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"hello","logprobs":[],"obfuscation":"x"}
            {"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://a.example/","title":"A","start_index":0,"end_index":2}}
            {"type":"response.output_text.done","item_id":"msg_1","output_index":1,"content_index":0,"text":"hello","logprobs":[{"token":"hello","logprob":-0.5,"top_logprobs":[{"token":"hi","logprob":-1}]}]}
            {"type":"response.content_part.done","item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"hello","annotations":[]}}
            {"type":"response.output_item.done","output_index":1,"item":{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"hello","annotations":[]}]}}
            {"type":"response.output_item.added","output_index":2,"item":{"type":"message","id":"msg_2","role":"assistant","content":[]}}
            {"type":"response.refusal.delta","item_id":"msg_2","output_index":2,"content_index":0,"delta":"no"}
            {"type":"response.refusal.done","item_id":"msg_2","output_index":2,"content_index":0,"refusal":"no"}
            {"type":"response.output_item.added","output_index":3,"item":{"type":"function_call","id":"fc_1","call_id":"t1","name":"f","arguments":""}}
            {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":3,"delta":"{}"}
            {"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":3,"name":"f","arguments":"{}"}
            {"type":"response.output_item.done","output_index":3,"item":{"type":"function_call","id":"fc_1","call_id":"t1","name":"f","arguments":"{}"}}
            {"type":"response.output_item.added","output_index":4,"item":{"type":"custom_tool_call","id":"ctc_1","call_id":"t2","name":"g","input":""}}
            {"type":"response.custom_tool_call_input.delta","item_id":"ctc_1","output_index":4,"delta":"x"}
            {"type":"response.custom_tool_call_input.done","item_id":"ctc_1","output_index":4,"input":"x"}
            {"type":"keepalive","sequence_number":1}
            {"type":"response.incomplete","response":{"id":"r1","model":"m","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"text":{"format":{"type":"text"}},"output":[{"type":"message","id":"msg_2","role":"assistant","content":[{"type":"refusal","refusal":"no"}]}],"usage":{"input_tokens":20,"output_tokens":7,"input_tokens_details":{"cached_tokens":2},"output_tokens_details":{"reasoning_tokens":2}}}}""";

    private static Stream<Arguments> ways(
            DialectCodec provider, String name, List<JsonNode> message, boolean isStream) {
        return Stream.of(CHAT, MESSAGES, RESPONSES)
                .map(client -> Arguments.of(
                        name + " to " + client.dialect().label() + (isStream ? ", streamed" : ""),
                        provider,
                        message,
                        isStream,
                        client));
    }

    private static List<JsonNode> parsed(Stream<String> messages) {
        return messages.map(it -> Json.parse(it.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    static Stream<Arguments> answers() {
        Function<String, List<JsonNode>> whole = it -> parsed(Stream.of(it));
        return Stream.of(
                        OF_CHAT.stream().flatMap(it -> ways(CHAT, "Chat", whole.apply(it), false)),
                        OF_MESSAGES.stream().flatMap(it -> ways(MESSAGES, "Messages", whole.apply(it), false)),
                        OF_RESPONSES.stream().flatMap(it -> ways(RESPONSES, "Responses", whole.apply(it), false)),
                        ways(CHAT, "Chat", parsed(STREAM_OF_CHAT.lines()), true),
                        ways(CHAT, "Chat with a function call", whole.apply(LEGACY_OF_CHAT), false),
                        ways(CHAT, "Chat with a function call", parsed(LEGACY_STREAM_OF_CHAT.lines()), true)
                                .filter(it -> it.get()[4] != CHAT),
                        ways(MESSAGES, "Messages", parsed(STREAM_OF_MESSAGES.lines()), true),
                        ways(RESPONSES, "Responses", parsed(STREAM_OF_RESPONSES.lines()), true))
                .flatMap(it -> it);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aNewMemberOfAnyObjectIsToldOrNamed(
            String name, DialectCodec provider, List<JsonNode> message, boolean isStream, DialectCodec client) {
        Shown shown = shown(provider, message, isStream, client);
        assertThat(shown.body()).as("the sample is read").doesNotContain("provider's");
        assertThat(shown(provider, message, isStream, client)).isEqualTo(shown);

        Set<String> silent = new TreeSet<>();
        for (int i = 0; i < message.size(); i++) {
            new Visit(() -> shown(provider, message, isStream, client), shown, silent)
                    .object(
                            message.get(i),
                            "[" + i + "] " + message.get(i).path("type").asString(""));
        }
        assertThat(silent).as("dropped: %s", shown.dropped()).isEmpty();
    }

    private record Shown(String body, Set<String> dropped) {
        /** Whether this one, in which something is missing, has lost its name, and the client misses nothing. */
        boolean isNamedLess(Shown whole) {
            return body.equals(whole.body) && !dropped.equals(whole.dropped);
        }
    }

    /** Goes through all objects of a message. */
    private record Visit(Supplier<Shown> again, Shown whole, Set<String> silent) {

        void object(JsonNode node, String path) {
            if (node instanceof ObjectNode object) {
                object.put(NEW, 1);
                if (again.get().equals(whole)) {
                    silent.add(path);
                }
                object.remove(NEW);
                for (String name : List.copyOf(object.propertyNames())) {
                    member(object, name, path + "." + name);
                }
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    JsonNode element = array.remove(i);
                    boolean isNamed = isNamed();
                    array.insert(i, element);
                    visit(element, isNamed, path + "[" + i + "]");
                }
            }
        }

        private void member(ObjectNode object, String name, String path) {
            JsonNode value = object.get(name);
            if (value.isContainer() && !NOT_LOOKED_INTO.contains(name)) {
                object.set(
                        name,
                        value.isArray()
                                ? Json.mapper().createArrayNode()
                                : Json.mapper().createObjectNode());
                boolean isNamed = isNamed();
                object.set(name, value);
                visit(value, isNamed, path);
            }
        }

        private boolean isNamed() {
            return again.get().isNamedLess(whole);
        }

        /** What lies inside one that is named as dropped is named with it. */
        private void visit(JsonNode value, boolean isNamed, String path) {
            if (!isNamed) {
                object(value, path);
            }
        }
    }

    private static Shown shown(DialectCodec provider, List<JsonNode> message, boolean isStream, DialectCodec client) {
        ChatRequest request = client.decodeRequest("""
                {"model":"m","stream":%s,"max_tokens":9,"messages":[{"role":"user","content":"hi"}],"input":"hi",
                "stream_options":{"include_usage":true}}""".formatted(isStream).getBytes(StandardCharsets.UTF_8));
        try {
            return shown(provider, message, isStream, client, request);
        } catch (MalformedAnswerException e) {
            return new Shown(String.valueOf(e.getMessage()), Set.of());
        }
    }

    private static Shown shown(
            DialectCodec provider, List<JsonNode> message, boolean isStream, DialectCodec client, ChatRequest request) {
        Target target = new Target("p", "m", ModelTraits.openAi());
        Origin origin = new Origin("p", "m", List.of());
        if (!isStream) {
            ChatResponse read = provider.decodeResponse(Json.write(message.getFirst()), target)
                    .answeredBy(origin, 1);
            return new Shown(text(client.encodeResponse(read, request)), Set.copyOf(AnswerLosses.of(read, request)));
        }
        List<ChatEvent> events = new ArrayList<>();
        EventDecoder decoder = provider.eventDecoder(target);
        message.forEach(it -> decoder.decode(new SseEvent(null, Json.write(it)), events::add));
        decoder.end(events::add);
        EventEncoder encoder = client.eventEncoder(request);
        AnswerLosses losses = new AnswerLosses(request);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : events) {
            ChatEvent told = event instanceof ChatEvent.Started start ? start.answeredBy(origin, 1) : event;
            encoder.encode(told, out);
            losses.accept(told);
        }
        encoder.finish(out);
        return new Shown(text(out.toByteArray()), Set.copyOf(losses.names()));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .replaceAll("[a-z]+_[0-9a-f]{32}|(chatcmpl-|call_)[0-9A-Za-z]{20,}", "a-random-id");
    }
}
