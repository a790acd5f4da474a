package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What of an answer has no place in its caller's format is named, whether the answer is whole or streamed. */
class AnswerLossesOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String REQUEST = """
            {"model":"anthropic/claude-sonnet-4-5","stream":%s,"seed":7,"messages":[{"role":"user","content":"Hello!"}]}""";

    private static final String WHOLE = """
            {"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5","stop_reason":"end_turn","stop_sequence":null,
            "content":[{"type":"text","text":"It rains.","citations":[{"type":"page_location","cited_text":"w"}]}],
            "usage":{"input_tokens":1,"output_tokens":1}}""";

    private static final String STREAM = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"It rains."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"page_location","cited_text":"w"}}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":1}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWholeAnswerNamesThemInItsHeaders() throws InterruptedException {
        server.anthropic.always(Reply.json(200, WHOLE));

        HttpResponse<String> answer = server.post(CHAT, REQUEST.formatted(false));

        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("seed, answer.citations[].page_location");
        assertThat(droppedInTraceOf(answer)).containsExactly("seed", "answer.citations[].page_location");
    }

    @Test
    void theEndOfAnAnswerAndNamesOfAllKindsAreTold() throws InterruptedException {
        server.anthropic.always(Reply.json(
                200, WHOLE.replace("end_turn", "bored").replace("\"usage\":{", "\"usage\":{\"speed\":\"fast\",")));

        HttpResponse<String> answer =
                server.post(CHAT, REQUEST.formatted(false).replace("\"seed\":7", "\"gr\u00f6\u00dfe, x\":7"));

        assertThat(answer.headers().firstValue("x-gateway-dropped"))
                .hasValue("gr%C3%B6%C3%9Fe%2C%20x, answer.citations[].page_location, answer.stop_reason=bored, "
                        + "answer.usage.speed");
        assertThat(droppedInTraceOf(answer)).contains("gr\u00f6\u00dfe, x", "answer.stop_reason=bored");
    }

    @Test
    void aStreamNamesThemInTheTraceOfItsCall() throws InterruptedException {
        server.anthropic.always(Reply.recorded("text/event-stream", STREAM.getBytes(StandardCharsets.UTF_8)));

        HttpResponse<String> answer = server.post(CHAT, REQUEST.formatted(true));

        assertThat(answer.body()).contains("It rains.").endsWith("data: [DONE]\n\n");
        assertThat(answer.headers().firstValue("x-gateway-dropped")).hasValue("seed");
        assertThat(droppedInTraceOf(answer)).containsExactly("seed", "answer.citations[].page_location");
    }

    @Test
    void aCallerOfTheSameFormatLosesNothing() throws InterruptedException {
        server.anthropic.always(Reply.json(200, WHOLE));

        HttpResponse<String> answer = server.post("/v1/messages", """
                {"model":"anthropic/claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"Hello!"}]}""");

        assertThat(answer.headers().firstValue("x-gateway-dropped")).isEmpty();
        assertThat(droppedInTraceOf(answer)).isEmpty();
    }

    /** The bytes of the chunk cannot be sent, and what nobody knows might spell out the secret, too. */
    @Test
    void whatOnlyAChunkHadThatIsSentWithoutItsSecretIsNamed() throws InterruptedException {
        String chunk = "data: {\"id\":\"c\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":%s%s}]}\n\n";
        String stream = chunk.formatted("{\"role\":\"assistant\",\"content\":\"Use \"}", ",\"first\":1")
                + chunk.formatted("{\"content\":\"" + "gh" + "p_" + "a1B2c3D4".repeat(5) + "\"}", ",\"zap\":1")
                + chunk.formatted("{\"content\":\" there.\"}", "")
                + chunk.formatted("{}", ",\"finish_reason\":\"stop\",\"last\":1")
                + "data: [DONE]\n\n";
        try (TestServer gated = TestServer.start("[sanitization]\ncompliance_gate = true\n")) {
            gated.openAi.always(Reply.recorded("text/event-stream", stream.getBytes(StandardCharsets.UTF_8)));

            HttpResponse<String> answer = gated.post(CHAT, """
                    {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Hello!"}]}""");

            assertThat(answer.body())
                    .contains("\"first\":1", "REDACTED", "\"last\":1")
                    .doesNotContain("zap", "gh" + "p_");
            assertThat(droppedInTraceOf(gated, answer)).containsExactly("answer.zap");
        }
    }

    private List<String> droppedInTraceOf(HttpResponse<String> answer) throws InterruptedException {
        return droppedInTraceOf(server, answer);
    }

    private static List<String> droppedInTraceOf(TestServer server, HttpResponse<String> answer)
            throws InterruptedException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        List<String> names = new ArrayList<>();
        Eventually.assertThatSoon(() -> {
            JsonNode call = Json.parse(server.get("/v1/audit/" + id).body());
            assertThat(call.at("/trace/dropped").isArray()).as(call.toString()).isTrue();
            names.clear();
            call.at("/trace/dropped").values().forEach(name -> names.add(name.stringValue()));
        });
        return names;
    }
}
