package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Pace;
import dev.llmgateway.providers.simulated.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What may pass in and out, as a client, a provider and an operator see it. */
class ComplianceOverHttpTest {

    private static final String OPENAI = "/v1/chat/completions";
    private static final String ANTHROPIC = "/v1/messages";
    private static final String TOKEN = "gh" + "p_" + "a1B2c3D4".repeat(5);
    private static final String MAIL = "jane.doe@example.org";
    private static final String ON =
            "[sanitization]\nenabled = true\nredact_pii = true\ncompliance_gate = true\n%s\n[cache]\nenabled = true\n";

    private static TestServer server(String more) {
        return TestServer.start(ON.formatted(more));
    }

    private static String ask(boolean stream, String prompt) {
        return """
                {"model":"gpt-4o","temperature":0,"max_tokens":50,"stream":%s,"messages":[{"role":"user","content":%s}]}""".formatted(stream, quoted(prompt));
    }

    private static String quoted(String text) {
        return Json.writeString(StringNode.valueOf(text));
    }

    private static Reply says(String text) {
        return Reply.json(200, """
                {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop",
                "message":{"role":"assistant","content":%s}}],
                "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""".formatted(quoted(text)));
    }

    private static Reply streams(int size, String text) {
        List<String> events = new ArrayList<>();
        for (int from = 0; from < text.length(); from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            events.add(chunk("{\"content\":" + quoted(piece) + "}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add("data: [DONE]\n\n");
        return Reply.sse(events, Pace.NONE);
    }

    private static Reply streamsArguments(int size, String json) {
        List<String> events = new ArrayList<>();
        events.add(chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"save\",\"arguments\":\"\"}}]}",
                "null"));
        for (int from = 0; from < json.length(); from += size) {
            String piece = json.substring(from, Math.min(json.length(), from + size));
            events.add(chunk(
                    "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(piece) + "}}]}", "null"));
        }
        events.add(chunk("{}", "\"tool_calls\""));
        events.add("data: [DONE]\n\n");
        return Reply.sse(events, Pace.NONE);
    }

    private static String chunk(String delta, String reason) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    private static String text(HttpResponse<String> answer) {
        return Json.parse(answer.body())
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .stringValue();
    }

    /** All that the events of a stream say, put together, whatever the dialect. */
    private static String said(HttpResponse<String> answer) {
        StringBuilder said = new StringBuilder();
        for (String line : answer.body().split("\n")) {
            if (line.startsWith("data: {")) {
                JsonNode event = Json.parse(line.substring(6));
                JsonNode delta = event.path("choices").path(0).path("delta");
                said.append(delta.path("content").stringValue(""));
                said.append(delta.path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .stringValue(""));
                said.append(event.path("delta").path("text").stringValue(""));
                said.append(event.path("delta").path("partial_json").stringValue(""));
            }
        }
        return said.toString();
    }

    private static String sentTo(TestServer server) {
        return new String(server.openAi.requests().getLast().body(), StandardCharsets.UTF_8);
    }

    @Test
    void theProviderSeesPlaceholdersAndTheClientIsToldHowMany() {
        try (TestServer server = server("")) {
            HttpResponse<String> answer = server.post(OPENAI, ask(false, "Use " + TOKEN + " for " + MAIL + ", please"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(sentTo(server))
                    .contains("Use [REDACTED:api_key] for [REDACTED:email], please")
                    .doesNotContain(TOKEN, MAIL);
            assertThat(answer.headers().firstValue("x-gateway-redactions")).hasValue("2");
            assertThat(server.get("/metrics").body())
                    .contains(
                            "gateway_compliance_findings_total{action=\"redacted\",kind=\"api_key\",side=\"request\"} 1.0")
                    .contains(
                            "gateway_compliance_findings_total{action=\"redacted\",kind=\"email\",side=\"request\"} 1.0");
        }
    }

    @Test
    void aCleanRequestGoesOutInTheBytesThatItCameIn() {
        try (TestServer server = server("")) {
            String body = ask(false, "Hello!").replace("\"temperature\":0", "\"temperature\" : 0.0");
            HttpResponse<String> answer = server.post(OPENAI, body);

            assertThat(answer.headers().firstValue("x-gateway-redactions")).isEmpty();
            assertThat(sentTo(server)).contains("\"temperature\" : 0.0");
        }
    }

    @Test
    void aPatternOfTheOperatorsOwnCountsOnBothSides() {
        try (TestServer server = server("""
                kinds = ["iban"]
                [sanitization.patterns.employee_number]
                regex = '\\bEMP-[0-9]{6}\\b'
                max_length = 12
                [sanitization.actions]
                employee_number = "block"
                """)) {
            server.openAi.enqueue(says("Hello EMP-123456."));
            HttpResponse<String> answer = server.post(OPENAI, ask(false, "I am EMP-654321, " + MAIL));

            assertThat(sentTo(server)).contains("I am [REDACTED:employee_number], " + MAIL);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("employee_number").doesNotContain("123456");
        }
    }

    @Test
    void aCredentialCanBlockTheRequestInEachDialect() {
        try (TestServer server = server("credential_action = \"block\"")) {
            HttpResponse<String> openAi = server.post(OPENAI, ask(true, "Use " + TOKEN));
            HttpResponse<String> anthropic =
                    server.post(ANTHROPIC, ask(true, "Use " + TOKEN), "anthropic-version", "2023-06-01");

            assertThat(openAi.statusCode()).isEqualTo(403);
            assertThat(Json.parse(openAi.body()).path("error").path("code").stringValue())
                    .isEqualTo("compliance_blocked");
            assertThat(openAi.body())
                    .contains("\\\"api_key\\\" in messages[0].content[0].text")
                    .doesNotContain(TOKEN);
            assertThat(anthropic.statusCode()).isEqualTo(403);
            assertThat(Json.parse(anthropic.body()).path("type").stringValue()).isEqualTo("error");
            assertThat(anthropic.body()).doesNotContain(TOKEN);
            assertThat(server.openAi.requestCount()).isZero();
        }
    }

    @Test
    void anAnswerIsRedactedInBothDialectsAlsoWhenTheCacheGivesIt() {
        try (TestServer server = server("")) {
            server.openAi.enqueue(says("Write to " + MAIL + " with " + TOKEN + "."));
            String safe = "Write to [REDACTED] with [REDACTED].";

            HttpResponse<String> first = server.post(OPENAI, ask(false, "Whom?"));
            assertThat(text(first)).isEqualTo(safe);
            assertThat(first.headers().firstValue("x-gateway-redactions")).hasValue("2");
            HttpResponse<String> again = server.post(OPENAI, ask(false, "Whom?"));
            assertThat(again.headers().firstValue("x-gateway-cache")).hasValue("hit");
            assertThat(text(again)).isEqualTo(safe);
            HttpResponse<String> other = server.post(ANTHROPIC, ask(true, "Whom?"), "anthropic-version", "2023-06-01");
            assertThat(said(other)).isEqualTo(safe);
            assertThat(server.openAi.requestCount()).isEqualTo(1);
        }
    }

    @Test
    void aStreamIsRedactedWhereverItIsCut() {
        try (TestServer server = server("")) {
            String answer = "Write to " + MAIL + " with " + TOKEN + ". Bye!";
            for (int size : List.of(1, 2, 3, 7, 16, 1000)) {
                server.openAi.enqueue(streams(size, answer), streams(size, answer));
                String prompt = "Whom? " + size;
                assertThat(said(server.post(OPENAI, ask(true, prompt), "cache-control", "no-store")))
                        .isEqualTo("Write to [REDACTED] with [REDACTED]. Bye!");
                assertThat(said(server.post(ANTHROPIC, ask(true, prompt), "cache-control", "no-store")))
                        .isEqualTo("Write to [REDACTED] with [REDACTED]. Bye!");
            }
        }
    }

    @Test
    void argumentsOfToolCallsStayValidJson() {
        try (TestServer server = server("")) {
            String arguments = "{\"to\":\"" + MAIL + "\",\"note\":\"a\\n" + TOKEN + "\\n\",\"card\":4111111111111111}";
            for (int size : List.of(1, 4, 1000)) {
                server.openAi.enqueue(streamsArguments(size, arguments));
                assertThat(said(server.post(OPENAI, ask(true, "Save " + size))))
                        .startsWith("{\"to\":\"[REDACTED]\",\"note\":\"a\\n[REDACTED]\\n\",\"card\":")
                        .satisfies(Json::parse);
            }
        }
    }

    @Test
    void aBlockedStreamEndsWithAnErrorAndNothingOfTheFinding() {
        try (TestServer server = server("violation_action = \"block\"")) {
            server.openAi.enqueue(streams(5, "Take this: " + TOKEN + " and go"));
            HttpResponse<String> answer = server.post(OPENAI, ask(true, "What?"));

            assertThat(said(answer)).isEqualTo("Take this:");
            assertThat(answer.body()).contains("compliance_blocked").doesNotContain("\"stop\"", "gh" + "p_");
            server.openAi.enqueue(says("Take " + TOKEN));
            HttpResponse<String> whole = server.post(OPENAI, ask(false, "What now?"));
            assertThat(whole.statusCode()).isEqualTo(403);
            assertThat(whole.body()).contains("compliance_blocked").doesNotContain(TOKEN);
        }
    }

    @Test
    void kindsAndTenantsHaveActionsOfTheirOwn() {
        String tenants = """
                [sanitization.actions]
                email = "log_only"
                [sanitization.tenant_actions.support]
                api_key = "block"
                [key_map.k-support]
                label = "support"
                [key_map.k-others]
                label = "others"
                """;
        try (TestServer server = server(tenants)) {
            server.openAi.always(says("Write to " + MAIL + " with " + TOKEN));

            HttpResponse<String> others = server.post(OPENAI, ask(false, "a"), "authorization", "Bearer k-others");
            assertThat(text(others)).isEqualTo("Write to " + MAIL + " with [REDACTED]");
            assertThat(server.post(OPENAI, ask(false, "a"), "authorization", "Bearer k-support")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.get("/metrics", "authorization", "Bearer k-others")
                            .body())
                    .contains(
                            "gateway_compliance_findings_total{action=\"logged\",kind=\"email\",side=\"answer\"} 2.0");
        }
    }

    @Test
    void theCallerGetsItsOwnValuesBack() {
        try (TestServer server = server("restore = true")) {
            server.openAi.enqueue(streams(3, "Sent to [REDACTED:email:1], not to eve@example.org."));
            HttpResponse<String> answer = server.post(OPENAI, ask(true, "Mail " + MAIL + " and " + MAIL));

            assertThat(sentTo(server)).contains("Mail [REDACTED:email:1] and [REDACTED:email:1]");
            assertThat(said(answer)).isEqualTo("Sent to " + MAIL + ", not to [REDACTED].");
        }
    }
}
