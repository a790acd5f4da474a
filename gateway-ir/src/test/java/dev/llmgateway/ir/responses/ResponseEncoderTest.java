package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ResponseEncoderTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"fast\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    @Test
    void logProbabilitiesOfTokensThatArePartsOfCharactersStayWithTheirText() {
        JsonNode probabilities = Json.parse("""
                {"content":[{"token":"a","bytes":[97]},
                 {"token":"\\\\xf0\\\\x9f\\\\x98","bytes":[240,159,152]},{"token":"\\\\x80","bytes":[128]},
                 {"token":"b","bytes":null},{"token":"<end>","bytes":null}]}""");
        Choice choice = new Choice(
                0,
                List.of(new Content.Text("a\ud83d\ude00"), new Content.Text("b")),
                StopReason.END_TURN,
                null,
                Extras.NONE.with(OPENAI_CHAT, "logprobs", probabilities));
        ChatResponse response = new ChatResponse("resp_1", "gpt", 1, List.of(choice), Usage.of(1, 1), null, Wire.NONE);

        JsonNode written = Json.parse(CODEC.encodeResponse(response, REQUEST));

        List<List<String>> tokens = written.findValues("logprobs").stream()
                .map(it -> it.findValuesAsString("token"))
                .toList();
        assertThat(tokens).containsExactly(List.of("a", "\\xf0\\x9f\\x98", "\\x80"), List.of("b", "<end>"));
    }

    @Test
    void aWholeAnswerHasAllItsItems() {
        ChatResponse response = new ChatResponse(
                "resp_1",
                "gpt",
                List.of(
                        new Content.Text("On it."),
                        new Content.ToolCall("c1", "f", "{\"a\":1}"),
                        new Content.ToolCall("c2", "f", "")),
                StopReason.TOOL_USE,
                Usage.of(3, 4));

        JsonNode written = Json.parse(CODEC.encodeResponse(response, REQUEST));

        assertThat(written.path("object").asString()).isEqualTo("response");
        assertThat(written.path("status").asString()).isEqualTo("completed");
        assertThat(written.path("output")).hasSize(3);
        assertThat(written.path("output").get(0).path("status").asString()).isEqualTo("completed");
        assertThat(written.path("output").get(1).path("arguments").asString()).isEqualTo("{\"a\":1}");
        assertThat(written.path("output").get(2).path("arguments").asString()).isEqualTo("{}");
        assertThat(written.path("usage").path("total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void aProvidersOwnAnswerGoesOutInItsBytesButForTheModel() {
        byte[] body = "{ \"novel\" : 1, \"model\":\"gpt-1\" , \"output\":[] }".getBytes(StandardCharsets.UTF_8);
        WireForm form = WireForm.body(OPENAI_RESPONSES, body, bytes -> {
            throw new IllegalStateException();
        });
        ChatResponse response = new ChatResponse(
                "r",
                "gpt-1",
                7,
                List.of(new Choice(List.of(), StopReason.END_TURN)),
                null,
                new Origin("openai", "gpt-1", List.of()),
                Wire.of(form, 0));

        assertThat(new String(CODEC.encodeResponse(response, REQUEST), StandardCharsets.UTF_8))
                .isEqualTo("{ \"novel\" : 1, \"model\":\"fast\" , \"output\":[] }");
        assertThat(CODEC.encodeResponse(response, REQUEST.withModel("gpt-1"))).isSameAs(body);
    }

    /** Whatever the answer, its stream keeps to the rules and tells the same as the whole answer. */
    @Property(tries = 500)
    void aStreamEndsWithWhatTheWholeAnswerSays(@ForAll("answers") ChatResponse response) {
        JsonNode streamed = StreamRules.check(stream(response));
        JsonNode whole = Json.parse(CODEC.encodeResponse(response, REQUEST));

        assertThat(withoutIds(streamed)).isEqualTo(withoutIds(whole));
    }

    private static byte[] stream(ChatResponse response) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        for (ChatEvent event : ResponseUnfolder.unfold(response)) {
            encoder.encode(event, out);
        }
        encoder.finish(out);
        return out.toByteArray();
    }

    /** Ids of items are made up anew each time, and that of the answer when it is short. */
    private static JsonNode withoutIds(JsonNode response) {
        JsonNode copy = response.deepCopy();
        ((ObjectNode) copy).remove("id");
        if (copy.path("output") instanceof ArrayNode items) {
            items.forEach(item -> ((ObjectNode) item).remove("id"));
        }
        return copy;
    }
}
