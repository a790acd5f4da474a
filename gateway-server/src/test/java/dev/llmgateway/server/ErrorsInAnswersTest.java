package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An answer that began as a success and says itself that it failed, by a provider of Chat Completions. */
class ErrorsInAnswersTest {

    private static final String FAILED = """
            {"id":"c","object":"chat.completion","created":1,"model":"m","error":{"code":502,"message":"Disconnected"},
            "choices":[{"index":0,"message":{"role":"assistant","content":"half of it"},"finish_reason":"error"}],
            "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";
    private static final String PART = chunk("{\"role\":\"assistant\",\"content\":\"half of it\"}", "null");
    private static final String END = chunk("{\"content\":\"\"}", "\"error\"");
    private static final String DONE = "data: [DONE]\n\n";

    private final SimulatedProvider local = SimulatedProvider.start();
    private final TestServer server = TestServer.start("""
            [server]
            port = 0

            [[providers]]
            id = "lo"
            provider_type = "local"
            endpoint = "%s/v1"
            """.formatted(local.uri()));

    @AfterEach
    void stop() {
        server.close();
        local.close();
    }

    private static String chunk(String delta, String reason) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    private HttpResponse<String> ask(String path, boolean stream, String... headers) {
        String prompt = path.equals("/v1/responses") ? "\"input\":\"Hi\"" : """
                "max_tokens":50,"messages":[{"role":"user","content":"Hi"}]""";
        return server.post(path, "{\"model\":\"lo/m\",\"stream\":" + stream + "," + prompt + "}", headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/responses"})
    void beforeAnythingIsShownTheNextProviderAnswers(String path) {
        local.enqueue(Reply.json(200, FAILED), Reply.sse(List.of(END, DONE), Pace.NONE));

        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> answer = ask(path, stream);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-gateway-provider"))
                    .isPresent()
                    .get()
                    .isNotEqualTo("lo");
            assertThat(answer.body()).doesNotContain("half of it", "error\":{");
        }
        assertThat(local.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, server_error", "/v1/messages, api_error", "/v1/responses, server_error"})
    void aloneItIsAnErrorOfTheProvider(String path, String type) {
        local.enqueue(Reply.json(200, FAILED));

        HttpResponse<String> answer = ask(path, false, "x-gateway-failover", "disabled");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("\"" + type + "\"", "\"Disconnected\"")
                .doesNotContain("half of it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | data: {\"error\":{ | \"finish_reason\":\"",
                "/v1/messages | event: error | end_turn",
                "/v1/responses | event: response.failed | response.completed"
            })
    void afterwardsTheStreamEndsWithAnError(String path, String told, String success) throws InterruptedException {
        local.enqueue(Reply.sse(List.of(PART, END, DONE), Pace.NONE));

        HttpResponse<String> answer = ask(path, true);

        assertThat(answer.body()).contains("half of it", told).doesNotContain(success);
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        Eventually.assertThatSoon(() -> {
            JsonNode call = Json.parse(server.get("/v1/requests/" + id).body());
            assertThat(call.path("status").intValue(0)).isEqualTo(502);
        });
    }
}
