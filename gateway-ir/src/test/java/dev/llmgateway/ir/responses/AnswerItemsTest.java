package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnswerItemsTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final ChatRequest REQUEST = CODEC.decodeRequest(utf8("{\"model\":\"fast\",\"input\":\"x\"}"));

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, JsonNode> ofAnswer(byte[] answer) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        AnswerItems.ofAnswer(answer, null, (id, item) -> items.put(id, Json.parse(item)));
        return items;
    }

    private static void addItem(String event, byte[] data, Map<String, JsonNode> items) {
        AnswerItems.ofEvent(event, data, null, (id, item) -> items.put(id, Json.parse(item)));
    }

    /** As the answer's own tree has them. */
    private static Map<String, JsonNode> output(JsonNode answer) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : answer.path("output").values()) {
            if (!item.path("id").stringValue("").isEmpty()) {
                items.put(item.path("id").stringValue(""), item);
            }
        }
        return items;
    }

    @Property
    void theItemsOfAnAnswerAreThoseOfItsOutput(@ForAll("answers") ChatResponse answer) {
        byte[] written = CODEC.encodeResponse(answer, REQUEST);

        assertThat(ofAnswer(written)).isEqualTo(output(Json.parse(written)));
    }

    @Property
    void aStreamTellsTheItemsThatItsLastEventRepeats(@ForAll("answers") ChatResponse answer) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        List<byte[]> frames = new ArrayList<>();
        SseBuffer out = new SseBuffer((event, data) -> {
            addItem(event, data, items);
            frames.add(data);
        });
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);

        ResponseUnfolder.unfold(answer).forEach(event -> encoder.encode(event, out));
        encoder.finish(out);

        assertThat(items).isEqualTo(output(Json.parse(frames.getLast()).path("response")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void theItemsOfARecordedStreamAreFoundWithAndWithoutTheNamesOfItsEvents(String stream) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        Map<String, JsonNode> unnamed = new LinkedHashMap<>();
        List<SseEvent> events = Fixtures.events(stream);
        for (SseEvent event : events) {
            addItem(event.name(), event.data(), named);
            addItem(null, event.data(), unnamed);
        }

        assertThat(named).isNotEmpty().isEqualTo(unnamed);
        assertThat(named).isEqualTo(output(Json.parse(events.getLast().data()).path("response")));
    }

    @Test
    void spacesAndLettersOfAllKindsStayWithTheirItem() {
        String item = "{ \"type\" : \"message\",\n \"id\" : \"msg_\u00fc\", \"content\": [ { \"id\": \"no\" } ] }";

        List<String> found = new ArrayList<>();
        AnswerItems.ofAnswer(
                utf8("{ \"id\": \"resp_\ud83d\ude00\", \"output\" : [ {\"type\":\"x\"} , " + item
                        + " ], \"usage\": {} }"),
                null,
                (id, json) -> found.add(id + new String(json, StandardCharsets.UTF_8)));

        assertThat(found).containsExactly("msg_\u00fc" + item);
    }

    @Test
    void onlyReasoningThatNobodySealedIsKeptWithItsMaker() {
        String sealed = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"gw1.o.p.t\"}";
        String other = "{\"type\":\"novelty\",\"id\":\"rs_2\"}";

        List<String> found = new ArrayList<>();
        AnswerItems.ofAnswer(
                utf8("{\"output\":[" + sealed + "," + other + "]}"),
                "p",
                (id, json) -> found.add(new String(json, StandardCharsets.UTF_8)));

        assertThat(found).containsExactly(sealed, other);
    }

    @Test
    void whatIsNoAnswerHasNoItems() {
        for (String text : List.of(
                "", "[]", "{", "{\"output\":3}", "{\"output\":[{\"id\":\"a\"", "{\"output\":[3,{\"id\":\"a\"}]}")) {
            assertThat(ofAnswer(utf8(text))).as(text).isEmpty();
        }
        Map<String, JsonNode> items = new LinkedHashMap<>();
        addItem("response.output_text.delta", utf8("{\"item\":{\"id\":\"a\"}}"), items);
        addItem(null, utf8("{\"type\":\"response.output_item.added\",\"item\":{\"id\":\"a\"}}"), items);
        assertThat(items).isEmpty();
    }
}
