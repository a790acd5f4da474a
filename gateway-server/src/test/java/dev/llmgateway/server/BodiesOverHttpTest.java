package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was said in a call is kept as it may be read later: never a value that compliance took out. */
class BodiesOverHttpTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final String COMPLIANCE =
            "[sanitization]\nenabled = true\nredact_pii = true\nrestore = true\ncompliance_gate = true\n";

    private static String ask(String text, boolean stream) {
        return """
                {"model":"gpt-4o","stream":%s,"max_tokens":50,"messages":[{"role":"user","content":"%s"}],"user":"u-1"}\
                """.formatted(stream, text);
    }

    private static Reply says(String text) {
        return Reply.json(200, """
                {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop",
                "message":{"role":"assistant","content":"%s"}}],
                "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""".formatted(text));
    }

    private static JsonNode record(TestServer server, HttpResponse<?> answer) throws InterruptedException {
        String id = answer.headers().firstValue("x-request-id").orElseThrow();
        AtomicReference<HttpResponse<String>> found = new AtomicReference<>();
        Eventually.assertThatSoon(() -> {
            found.set(server.get("/v1/requests/" + id));
            assertThat(found.get().statusCode()).isEqualTo(200);
        });
        return Json.parse(found.get().body());
    }

    @Test
    void keepsWhatTheCallerSentAndGot() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (String path : new String[] {CHAT, MESSAGES}) {
                HttpResponse<String> answer = server.post(path, ask("Hello!", false));

                JsonNode call = record(server, answer);

                assertThat(call.get("request_body")).isEqualTo(Json.parse(ask("Hello!", false)));
                assertThat(call.get("response_body")).isEqualTo(Json.parse(answer.body()));
            }
        }
    }

    @Test
    void keepsAStreamAsTheWholeAnswer() throws Exception {
        try (TestServer server = TestServer.start()) {
            HttpResponse<String> stream = server.post(CHAT, ask("Hello!", true));

            JsonNode said = record(server, stream).get("response_body");

            assertThat(said.get("object").stringValue()).isEqualTo("chat.completion");
            assertThat(said.at("/choices/0/message/content").stringValue())
                    .isEqualTo("[simulated openai] You said: Hello!");
            assertThat(said.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        }
    }

    @Test
    void keepsNoValueThatComplianceTookOut() throws Exception {
        try (TestServer server = TestServer.start(COMPLIANCE)) {
            server.openAi.enqueue(says("I wrote to [REDACTED:email:1], the key is " + TOKEN));
            HttpResponse<String> answer = server.post(CHAT, ask("Write to jane.doe@example.org", false));

            JsonNode call = record(server, answer);

            assertThat(answer.body()).contains("jane.doe@example.org").doesNotContain(TOKEN);
            assertThat(call.toString()).doesNotContain("jane.doe").doesNotContain(TOKEN);
            assertThat(call.at("/request_body/messages/0/content").stringValue())
                    .isEqualTo("Write to [REDACTED:email:1]");
            assertThat(call.at("/response_body/choices/0/message/content").stringValue())
                    .isEqualTo("I wrote to [REDACTED:email:1], the key is [REDACTED]");
        }
    }

    @Test
    void aCallThatNobodyAnsweredHasItsRequestOnly() throws Exception {
        try (TestServer server = TestServer.start()) {
            server.openAi.enqueue(
                    Reply.json(400, "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}"));
            HttpResponse<String> answer = server.post(CHAT, ask("Hello!", false), "x-gateway-failover", "disabled");

            JsonNode call = record(server, answer);

            assertThat(call.get("status").intValue()).isEqualTo(400);
            assertThat(call.get("request_body")).isEqualTo(Json.parse(ask("Hello!", false)));
            assertThat(call.get("response_body").isNull()).isTrue();
        }
    }

    @Test
    void aRequestThatIsNotSentIsNotKept() throws Exception {
        try (TestServer server = TestServer.start("[sanitization]\nenabled = true\ncredential_action = \"block\"\n")) {
            HttpResponse<String> answer = server.post(CHAT, ask("my key is " + TOKEN, false));

            JsonNode call = record(server, answer);

            assertThat(call.get("status").intValue()).isEqualTo(403);
            assertThat(call.get("request_body").isNull()).isTrue();
            assertThat(call.get("response_body").isNull()).isTrue();
        }
    }

    @Test
    void bodiesOverAMegabyteAreNotKept() throws Exception {
        try (TestServer server = TestServer.start()) {
            server.openAi.enqueue(says("b".repeat(1_100_000)));
            HttpResponse<String> answer = server.post(CHAT, ask("a ".repeat(600_000), false));

            JsonNode call = record(server, answer);

            assertThat(call.get("request_body").isNull()).isTrue();
            assertThat(call.get("response_body").isNull()).isTrue();
        }
    }

    @Test
    void nothingIsKeptWhenTheOperatorDoesNotWantIt() throws Exception {
        try (TestServer server = TestServer.start("[database]\nstore_bodies = false\n")) {
            HttpResponse<String> answer = server.post(CHAT, ask("Hello!", false));

            JsonNode call = record(server, answer);

            assertThat(call.get("request_body").isNull()).isTrue();
            assertThat(call.get("response_body").isNull()).isTrue();
        }
    }

    @Test
    void piecesOfARequestThatMakesNoSenseAreNotKeptThen() throws Exception {
        String unknownRole = """
                {"model":"gpt-4o","messages":[{"role":"Grandma's \\"secret\\" recipe","content":"Hello!"}]}""";
        String unknownImage = """
                {"model":"anthropic/claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"image_url",\
                "image_url":{"url":"data:image/Grandma;base64,AAAA"}}]}]}""";
        for (boolean keeps : new boolean[] {true, false}) {
            try (TestServer server = TestServer.start("[database]\nstore_bodies = " + keeps + "\n")) {
                for (String request : List.of(unknownRole, unknownImage)) {
                    HttpResponse<String> answer = server.post(CHAT, request, "x-gateway-failover", "disabled");
                    record(server, answer);
                    String id = answer.headers().firstValue("x-request-id").orElseThrow();

                    String audit = server.get("/v1/audit/" + id).body();

                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.body()).containsIgnoringCase("Grandma");
                    assertThat(audit.toLowerCase(Locale.ROOT).contains("grandma"))
                            .isEqualTo(keeps);
                    assertThat(audit.contains("recipe")).isEqualTo(keeps && request.equals(unknownRole));
                }
            }
        }
    }

    @Test
    void aProviderThatQuotesTheRequestIsNotQuotedThen() throws Exception {
        String quoting = """
                {"error":{"message":"Invalid prompt: %s","type":"invalid_request_error"}}""";
        for (boolean keeps : new boolean[] {true, false}) {
            try (TestServer server = TestServer.start("[database]\nstore_bodies = " + keeps + "\n")) {
                server.openAi.enqueue(Reply.json(400, quoting.formatted("Grandma's recipe")));
                HttpResponse<String> answer =
                        server.post(CHAT, ask("Grandma's recipe", false), "x-gateway-failover", "disabled");
                record(server, answer);
                String id = answer.headers().firstValue("x-request-id").orElseThrow();

                JsonNode trace =
                        Json.parse(server.get("/v1/audit/" + id).body()).get("trace");

                assertThat(answer.body()).contains("Invalid prompt: Grandma's recipe");
                String kept = keeps
                        ? "Invalid prompt: Grandma's recipe"
                        : "provider \"openai\" answered with the error 400 (invalid request); its words are not kept";
                assertThat(trace.get("error").stringValue()).isEqualTo(kept);
                assertThat(trace.at("/attempts/0/error").stringValue()).isEqualTo(kept);
                assertThat(trace.toString().contains("Grandma")).isEqualTo(keeps);
            }
        }
    }
}
