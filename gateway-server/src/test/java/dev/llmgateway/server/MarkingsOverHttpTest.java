package dev.llmgateway.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a classification marking in a request does, as callers see it. */
class MarkingsOverHttpTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String LEVEL = "x-data-classification";
    private static final String RAISED = "x-gateway-classification-raised";
    private static final SimulatedProvider OWN = SimulatedProvider.start();

    private static final TestServer RAISING = server("enabled = true\n[cache]\nenabled = true");
    private static final TestServer BLOCKING = server("on_marking = \"block\"");
    private static final TestServer IGNORING = server("enabled = true\non_marking = \"ignore\"");
    private static final TestServer USUAL = server("");

    private static TestServer server(String sanitization) {
        return TestServer.start("[sanitization]\n" + sanitization + """

                [[providers]]
                id = "own"
                provider_type = "local"
                endpoint = "%s/v1"
                """.formatted(OWN.uri()));
    }

    @AfterAll
    static void stop() {
        RAISING.close();
        BLOCKING.close();
        IGNORING.close();
        USUAL.close();
        OWN.close();
    }

    private static String body(String model, boolean stream, String text) {
        return """
                {"model":"%s","stream":%s,"temperature":0,"max_tokens":50,"messages":[{"role":"user","content":"%s"}]}""".formatted(model, stream, text);
    }

    private static long asked(TestServer server) {
        return server.openAi.requestCount() + server.anthropic.requestCount() + OWN.requestCount();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, false, gpt-4o",
        "/v1/chat/completions, true, gpt-4o",
        "/v1/messages, true, claude-sonnet-4-5",
        "/v1/messages, false, gpt-4o",
    })
    void markedTextGoesOnlyToWhoMaySeeIt(String path, boolean stream, String model) {
        long before = asked(RAISING);
        HttpResponse<String> cloud = RAISING.post(path, body(model, stream, "(S//NF) The convoy leaves at dawn."));

        assertThat(cloud.statusCode()).isEqualTo(403);
        assertThat(cloud.body())
                .contains("a marking in the text (us-portion) raised the level from internal")
                .doesNotContain("convoy");
        assertThat(cloud.headers().firstValue(RAISED)).hasValue("classified; from=internal; rule=us-portion");
        assertThat(asked(RAISING)).isEqualTo(before);

        HttpResponse<String> own = RAISING.post(path, body("own/any", stream, "(S//NF) The convoy leaves at dawn."));
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue(RAISED)).hasValue("classified; from=internal; rule=us-portion");
    }

    @Test
    void markingsAreFoundWhereverTheyStand() {
        String[] bodies = {
            """
            {"model":"gpt-4o","messages":[{"role":"system","content":"CUI//SP-CTI"},{"role":"user","content":"Hi"}]}""", """
            {"model":"gpt-4o","messages":[{"role":"user","content":"Read it"},
            {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"read","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"subject to ITAR: blade geometry"}]}""", """
            {"model":"gpt-4o","messages":[{"role":"user","content":"Write it"},
            {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"write",
            "arguments":"{\\"text\\":\\"head\\\\nTOP SECRET//SI//NOFORN\\\\nbody\\"}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"done"}]}""", """
            {"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],
            "tools":[{"type":"function","function":{"name":"f","description":"(U//FOUO) Looks things up"}}]}""",
        };
        for (String body : bodies) {
            HttpResponse<String> answer = RAISING.post(CHAT, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(403);
            assertThat(answer.headers().firstValue(RAISED)).as(body).isPresent();
        }
    }

    @Test
    void wordsThatAFieldMayHaveAreNoMarkings() {
        HttpResponse<String> answer = RAISING.post(CHAT, """
                {"model":"gpt-4o","messages":[{"role":"user","content":"Which level has it?"}],"response_format":
                {"type":"json_schema","json_schema":{"name":"level","schema":{"type":"object","properties":
                {"level":{"type":"string","enum":["CUI","ITAR"]}}}}}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue(RAISED)).isEmpty();
    }

    @Test
    void aLevelThatIsHighEnoughIsNotRaised() {
        HttpResponse<String> answer = RAISING.post(CHAT, body("own/any", false, "CUI//SP-CTI valve"), LEVEL, "itar");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue(RAISED)).isEmpty();
    }

    @Test
    void theCacheKeepsARaisedAnswerAtTheRaisedLevel() {
        String marked = body("own/any", false, "CUI//SP-CTI cached valve");
        RAISING.post(CHAT, marked);

        assertThat(RAISING.post(CHAT, marked, LEVEL, "cui").headers().firstValue("x-gateway-cache"))
                .hasValue("hit");
        assertThat(RAISING.post(CHAT, marked, LEVEL, "itar").headers().firstValue("x-gateway-cache"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, MESSAGES})
    void markedTextIsBlockedWhereThatIsWanted(String path) {
        for (boolean stream : new boolean[] {false, true}) {
            long before = asked(BLOCKING);
            HttpResponse<String> answer = BLOCKING.post(path, body("own/any", stream, "Blade geometry (ITAR)"));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains(
                            "messages[0].content[0].text carries a marking of itar data (itar, at character 16), but the"
                                    + " call is for internal data")
                    .doesNotContain("geometry");
            if (path.equals(CHAT)) {
                assertThat(answer.body()).contains("\"code\":\"compliance_blocked\"");
            }
            assertThat(asked(BLOCKING)).isEqualTo(before);
        }
        assertThat(BLOCKING.post(path, body("own/any", false, "Blade geometry (ITAR)"), LEVEL, "itar")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void markingsAreIgnoredWhereThatIsWantedAndWhereNothingIsScanned() {
        for (TestServer server : new TestServer[] {IGNORING, USUAL}) {
            HttpResponse<String> answer = server.post(CHAT, body("gpt-4o", false, "SECRET//NOFORN"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue(RAISED)).isEmpty();
        }
    }

    @Test
    void aDryRunTellsThatAMarkingRaisedTheLevel() {
        HttpResponse<String> answer = RAISING.post("/v1/route", body("auto", false, "SECRET//NOFORN"), LEVEL, "cui");
        JsonNode decision = Json.parse(answer.body().getBytes(UTF_8));
        JsonNode requirements = decision.get("requirements");

        assertThat(requirements.get("data_classification").stringValue()).isEqualTo("classified");
        assertThat(requirements.get("classification_source").stringValue()).isEqualTo("marking");
        assertThat(requirements.get("raised_by_marking").toString())
                .isEqualTo("{\"from\":\"cui\",\"rule\":\"us-banner\"}");
        assertThat(decision.get("summary").stringValue())
                .contains("a marking in the text (us-banner) raised the level from cui");
        HttpResponse<String> blocked = BLOCKING.post("/v1/route", body("auto", false, "SECRET//NOFORN"));
        assertThat(blocked.statusCode()).isEqualTo(403);
    }

    @Test
    void aRepeatByItsIdempotencyKeyIsTheSameCall() {
        String marked = body("own/any", false, "CUI//SP-CTI repeated valve");
        HttpResponse<String> first = RAISING.post(CHAT, marked, "Idempotency-Key", "valve");
        HttpResponse<String> second = RAISING.post(CHAT, marked, "Idempotency-Key", "valve");

        assertThat(second.headers().firstValue("x-gateway-idempotent")).hasValue("true");
        assertThat(second.body()).isEqualTo(first.body());
    }
}
