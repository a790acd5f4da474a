package dev.llmgateway.ir.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some models count the calls of every answer anew, so that a conversation has one id for several calls. It goes on, whoever
 * answers next: where an id may stand once only, the later calls and their results get others.
 */
class RepeatedCallIdsTest {

    private static final DialectCodec CHAT = new OpenAiChatCodec();
    private static final DialectCodec MESSAGES = new AnthropicMessagesCodec();
    private static final DialectCodec RESPONSES = new OpenAiResponsesCodec();
    /** Of a provider of Chat of which nobody knows which ids it takes. */
    private static final ModelTraits ANY_IDS =
            ModelTraits.openAi().toBuilder().acceptsOpenAiExtras(false).build();

    private static final List<DialectCodec> ALL = List.of(CHAT, MESSAGES, RESPONSES);

    private static final Pattern LEGAL_OF_MESSAGES = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern LEGAL_OF_RESPONSES = Pattern.compile(".{1,64}");
    private static final String LONGEST_OF_CHAT = "x".repeat(40);
    private static final String LONGEST_OF_RESPONSES = "x".repeat(64);

    /** A call or a result as a provider reads it; the number is in the arguments of the one and the text of the other. */
    private record Read(String id, String number) {}

    @Property(tries = 200)
    void aResultBelongsToItsCallWhereverItGoes(@ForAll("turns") List<List<String>> turns) {
        for (DialectCodec caller : ALL) {
            byte[] body = request(caller, turns);
            for (DialectCodec target : ALL) {
                ModelTraits traits = target == MESSAGES ? ModelTraits.anthropic() : ANY_IDS;
                JsonNode sent =
                        Json.parse(target.encodeRequest(caller.decodeRequest(body), new Target("p", "m", traits))
                                .body());
                List<Read> calls = new ArrayList<>();
                List<Read> results = new ArrayList<>();
                read(target, sent, calls, results);

                assertThat(calls).hasSize(turns.stream().mapToInt(List::size).sum());
                assertThat(results).as("the results").isEqualTo(calls);
                if (target == CHAT) {
                    assertThat(calls.stream().map(Read::id))
                            .containsExactlyElementsOf(
                                    turns.stream().flatMap(List::stream).toList());
                } else {
                    assertThat(calls.stream().map(Read::id)).doesNotHaveDuplicates();
                    if (caller != target) {
                        Pattern legal = target == MESSAGES ? LEGAL_OF_MESSAGES : LEGAL_OF_RESPONSES;
                        assertThat(calls)
                                .allMatch(call -> legal.matcher(call.id()).matches());
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<List<List<String>>> turns() {
        Arbitrary<String> ids = Arbitraries.of(
                "call_0", "call_1", "call_0_1", "call_0_1_1", "functions.f:0", LONGEST_OF_CHAT, LONGEST_OF_RESPONSES);
        return ids.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements()
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Test
    void twoOpenCallsOfOneIdAreRefused() {
        for (DialectCodec caller : List.of(MESSAGES, RESPONSES)) {
            byte[] body = request(caller, List.of(List.of("call_0", "call_0")));

            assertThatThrownBy(() -> caller.decodeRequest(body))
                    .isInstanceOf(InvalidRequestFormatException.class)
                    .hasMessageContaining("\"call_0\"")
                    .hasMessageContaining("before it is answered");
        }
    }

    private static byte[] request(DialectCodec caller, List<List<String>> turns) {
        ObjectNode body = Json.mapper().createObjectNode().put("model", "m");
        ArrayNode history = body.putArray(caller == RESPONSES ? "input" : "messages");
        history.addObject().put("role", "user").put("content", "x");
        int number = 0;
        for (List<String> ids : turns) {
            if (caller == CHAT) {
                ofChat(history, ids, number);
            } else if (caller == MESSAGES) {
                ofMessages(history, ids, number);
            } else {
                ofResponses(history, ids, number);
            }
            number += ids.size();
        }
        if (caller == MESSAGES) {
            body.put("max_tokens", 9);
        }
        return Json.writeString(body).getBytes(StandardCharsets.UTF_8);
    }

    private static void ofChat(ArrayNode history, List<String> ids, int first) {
        ArrayNode calls = history.addObject().put("role", "assistant").putArray("tool_calls");
        for (int i = 0; i < ids.size(); i++) {
            calls.addObject()
                    .put("id", ids.get(i))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", "f")
                    .put("arguments", "{\"n\":\"" + (first + i) + "\"}");
            history.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", ids.get(i))
                    .put("content", "" + (first + i));
        }
    }

    private static void ofMessages(ArrayNode history, List<String> ids, int first) {
        ArrayNode calls = history.addObject().put("role", "assistant").putArray("content");
        ArrayNode results = history.addObject().put("role", "user").putArray("content");
        for (int i = 0; i < ids.size(); i++) {
            calls.addObject()
                    .put("type", "tool_use")
                    .put("id", ids.get(i))
                    .put("name", "f")
                    .putObject("input")
                    .put("n", "" + (first + i));
            results.addObject()
                    .put("type", "tool_result")
                    .put("tool_use_id", ids.get(i))
                    .put("content", "" + (first + i));
        }
    }

    private static void ofResponses(ArrayNode history, List<String> ids, int first) {
        for (int i = 0; i < ids.size(); i++) {
            history.addObject()
                    .put("type", "function_call")
                    .put("call_id", ids.get(i))
                    .put("name", "f")
                    .put("arguments", "{\"n\":\"" + (first + i) + "\"}");
        }
        for (int i = 0; i < ids.size(); i++) {
            history.addObject()
                    .put("type", "function_call_output")
                    .put("call_id", ids.get(i))
                    .put("output", "" + (first + i));
        }
    }

    private static void read(DialectCodec target, JsonNode sent, List<Read> calls, List<Read> results) {
        for (JsonNode entry :
                sent.path(target == RESPONSES ? "input" : "messages").values()) {
            if (target == RESPONSES) {
                item(entry, calls, results);
            } else if (target == CHAT) {
                message(entry, calls, results);
            } else {
                entry.path("content").values().forEach(block -> block(block, calls, results));
            }
        }
        assertThat(new HashSet<>(results)).hasSameSizeAs(results);
    }

    private static void item(JsonNode item, List<Read> calls, List<Read> results) {
        String id = item.path("call_id").stringValue("");
        if (item.has("arguments")) {
            calls.add(new Read(id, number(item.path("arguments").stringValue())));
        } else if (item.has("output")) {
            results.add(new Read(id, item.path("output").stringValue()));
        }
    }

    private static void message(JsonNode message, List<Read> calls, List<Read> results) {
        for (JsonNode call : message.path("tool_calls").values()) {
            calls.add(new Read(
                    call.path("id").stringValue(),
                    number(call.at("/function/arguments").stringValue())));
        }
        if (message.has("tool_call_id")) {
            results.add(new Read(
                    message.path("tool_call_id").stringValue(),
                    message.path("content").stringValue()));
        }
    }

    private static void block(JsonNode block, List<Read> calls, List<Read> results) {
        switch (block.path("type").stringValue("")) {
            case "tool_use" ->
                calls.add(new Read(
                        block.path("id").stringValue(), block.at("/input/n").stringValue()));
            case "tool_result" ->
                results.add(new Read(
                        block.path("tool_use_id").stringValue(),
                        block.path("content").stringValue()));
            default -> {}
        }
    }

    private static String number(String arguments) {
        return Json.parse(arguments.getBytes(StandardCharsets.UTF_8)).path("n").stringValue();
    }
}
