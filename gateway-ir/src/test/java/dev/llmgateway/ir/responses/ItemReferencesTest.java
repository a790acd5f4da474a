package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ItemReferencesTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String reference(String id) {
        return "{\"type\":\"item_reference\",\"id\":\"" + id + "\"}";
    }

    /** A conversation in which these items stand behind a question. */
    private static byte[] body(List<String> items) {
        String input = items.isEmpty() ? "" : "," + String.join(",", items);
        return utf8("{\"model\" : \"m\", \"input\":[{\"role\":\"user\",\"content\":\"x\"}" + input
                + ",{\"role\":\"user\",\"content\":\"And now?\"}], \"store\" : true}");
    }

    /** What a client says by ids means what it says in full. */
    @Property
    void aRequestWithReferencesIsTheOneWithTheItems(@ForAll("answers") ChatResponse answer) {
        ChatRequest asked = CODEC.decodeRequest(body(List.of()));
        Map<String, byte[]> kept = new HashMap<>();
        List<String> references = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        AnswerItems.ofAnswer(CODEC.encodeResponse(answer, asked), null, (id, item) -> {
            String json = new String(item, StandardCharsets.UTF_8);
            kept.put(id, item);
            references.add(reference(id));
            whole.add(json);
            String call = Json.parse(json).path("call_id").stringValue("");
            if (!call.isEmpty()) {
                String output = "{\"type\":\"function_call_output\",\"output\":\"fine\",\"call_id\":"
                        + Json.parse(json).get("call_id") + "}";
                references.add(output);
                whole.add(output);
            }
        });

        assertThat(requestOrRefusal(() -> CODEC.decodeRequest(body(references), kept::get)))
                .isEqualTo(requestOrRefusal(() -> CODEC.decodeRequest(body(whole))));
    }

    private static Object requestOrRefusal(Supplier<ChatRequest> decoding) {
        try {
            return decoding.get();
        } catch (InvalidRequestFormatException e) {
            return e.getClass();
        }
    }

    @Test
    void nothingElseOfTheBodyChanges() {
        ChatRequest request = CODEC.decodeRequest(
                utf8("{ \"b\" : 1.50, \"input\" : [ " + reference("a")
                        + ",{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"m\" }"),
                id -> utf8("{\"role\":\"assistant\",\"content\":\"y\"}"));

        assertThat(new String(request.wire().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{ \"b\" : 1.50, \"input\" : [{\"role\":\"assistant\",\"content\":\"y\"},"
                        + "{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"m\" }");
    }

    @Test
    void aRequestWithoutReferencesAsksForNothing() {
        AtomicInteger asked = new AtomicInteger();
        byte[] body = body(
                List.of("{\"type\":\"message\",\"id\":\"item_reference\",\"role\":\"assistant\",\"content\":\"y\"}"));

        ChatRequest request = CODEC.decodeRequest(body, id -> utf8("{}" + asked.incrementAndGet()));

        assertThat(asked).hasValue(0);
        assertThat(request.wire().bytes()).isSameAs(body);
    }

    @Test
    void aReferenceThatIsNotKnownStays() {
        ChatRequest request = CODEC.decodeRequest(body(List.of(reference("a"))), id -> null);

        assertThat(request.messages().get(1).content())
                .singleElement()
                .isInstanceOfSatisfying(
                        Content.Vendor.class,
                        vendor -> assertThat(vendor.json().toString()).isEqualTo(reference("a")));
    }

    /** Some models count the calls of every answer anew. */
    @Test
    void callsThatAreReferredToMayHaveTheIdsOfEarlierOnes() {
        String call =
                "{\"type\":\"function_call\",\"id\":\"ID\",\"call_id\":\"call_0\",\"name\":\"f\",\"arguments\":\"{}\"}";
        String output = "{\"type\":\"function_call_output\",\"call_id\":\"call_0\",\"output\":\"fine\"}";

        ChatRequest request = CODEC.decodeRequest(
                body(List.of(call.replace("ID", "fc_1"), output, reference("fc_2"), output)),
                id -> utf8(call.replace("ID", id)));

        assertThat(request.messages()).hasSize(6);
        assertThat(CODEC.decodeRequest(body(List.of(call, output, reference("fc_2"), output)), id -> null)
                        .messages())
                .hasSize(6);
    }
}
