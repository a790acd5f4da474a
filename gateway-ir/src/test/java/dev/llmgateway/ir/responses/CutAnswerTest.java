package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CutAnswerTest {

    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"m\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    private static final Content TEXT = new Content.Text("On it");
    private static final Content CALL = new Content.ToolCall("c1", "f", "{\"a\":");

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS, true, incomplete",
        "MAX_TOKENS, false, incomplete",
        "REFUSAL, false, incomplete",
        "END_TURN, false, completed",
        "TOOL_USE, true, completed"
    })
    void onlyTheLastItemOfAnAnswerThatWasCutIsIncomplete(StopReason reason, boolean endsWithCall, String status) {
        ChatResponse answer = new ChatResponse(
                "r", "m", endsWithCall ? List.of(TEXT, CALL) : List.of(CALL, TEXT), reason, Usage.of(1, 2));

        byte[] stream = stream(answer);

        JsonNode whole = Json.parse(CODEC.encodeResponse(answer, REQUEST));
        List<String> told = StreamRules.frames(stream).stream()
                .filter(frame -> frame.path("type").asString().equals("response.output_item.done"))
                .map(frame -> frame.path("item").path("status").asString())
                .toList();
        assertThat(told).containsExactly("completed", status);
        for (JsonNode response : List.of(whole, StreamRules.check(stream))) {
            assertThat(response.path("output").values())
                    .extracting(item -> item.path("status").asString())
                    .containsExactly("completed", status);
        }
    }

    private static byte[] stream(ChatResponse answer) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        ResponseUnfolder.unfold(answer).forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }
}
