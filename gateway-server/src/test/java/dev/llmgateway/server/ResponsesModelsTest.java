package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written for Responses clients is what OpenAI's own Java client takes for valid, frame by frame. */
class ResponsesModelsTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    private static final ChatRequest REQUEST = CODEC.decodeRequest("""
            {"model":"m","input":"x","temperature":0.5,"reasoning":{"effort":"high","summary":"auto"},"metadata":{"k":"v"},
            "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},
            "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":false},
            {"type":"custom","name":"patch","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
            {"type":"namespace","name":"n","description":"d","tools":[{"type":"function","name":"g"}]}],
            "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]}}""".getBytes(StandardCharsets.UTF_8));

    private static final ChatResponse ANSWER = new ChatResponse(
            "resp_1",
            "gpt",
            List.of(
                    new Content.Reasoning(
                            "Hmm.", new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "sealed", null), Extras.NONE),
                    new Content.Text("On it."),
                    new Content.Refusal("Not that."),
                    new Content.ToolCall("c1", "f", "{\"a\":1}"),
                    new Content.ToolCall("c2", "patch", "{\"raw_arguments\":\"*** Begin\"}"),
                    new Content.ToolCall("c3", "n__g", "")),
            StopReason.TOOL_USE,
            new Usage(5, 3, 2, 0, 4, 1));

    private static Response streamed(@Nullable WireError failure) throws IOException {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        ResponseUnfolder.unfold(ANSWER).forEach(event -> encoder.encode(event, out));
        if (failure != null) {
            encoder.fail(failure, out);
        }
        encoder.finish(out);
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        SseReader reader = new SseReader(new ByteArrayInputStream(out.toByteArray()), 1 << 20);
        for (SseEvent event = reader.next(); event != null; event = reader.next()) {
            whole.accumulate(read(event.data(), ResponseStreamEvent.class).validate());
        }
        if (failure == null) {
            assertThat(whole.reconstructedResponse().output())
                    .isEqualTo(whole.response().output());
        }
        return whole.response();
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException {
        return ObjectMappers.jsonMapper().readValue(json, type);
    }

    private static void isTheAnswer(Response response) {
        assertThat(response.status().orElseThrow().asString()).isEqualTo("completed");
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(14);
        assertThat(response.tools()).hasSize(3);
        assertThat(response.toolChoice().isAllowed()).isTrue();
        List<ResponseOutputItem> items = new ArrayList<>(response.output());
        assertThat(items).hasSize(5);
        assertThat(items.get(0).asReasoning().summary().get(0).text()).isEqualTo("Hmm.");
        assertThat(items.get(0).asReasoning().encryptedContent()).hasValue("sealed");
        assertThat(items.get(1).asMessage().content().get(0).asOutputText().text())
                .isEqualTo("On it.");
        assertThat(items.get(1).asMessage().content().get(1).asRefusal().refusal())
                .isEqualTo("Not that.");
        assertThat(items.get(2).asFunctionCall().arguments()).isEqualTo("{\"a\":1}");
        assertThat(items.get(3).asCustomToolCall().input()).isEqualTo("*** Begin");
        assertThat(items.get(4).asFunctionCall().namespace()).hasValue("n");
        assertThat(items.get(4).asFunctionCall().name()).isEqualTo("g");
    }

    @Test
    void aWholeAnswerIsValid() throws IOException {
        isTheAnswer(read(CODEC.encodeResponse(ANSWER, REQUEST), Response.class).validate());
    }

    @Test
    void everyFrameOfAStreamIsValid() throws IOException {
        isTheAnswer(streamed(null));
    }

    @Test
    void aFailureIsValid() throws IOException {
        Response response = streamed(new WireError(500, WireError.Kind.SERVER, "Sorry.", null, null));

        assertThat(response.error().orElseThrow().message()).isEqualTo("Sorry.");
        assertThat(response.status().orElseThrow().asString()).isEqualTo("failed");
    }
}
