package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.DatabaseSettings;
import dev.llmgateway.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What models say when they are asked for a query: each way of it gives rows, or one clear error. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsToModelsTest {

    private static final String QUESTION = "{\"question\":\"How many requests were there?\"}";
    private static final String SQL = "SELECT count(*) AS n FROM proxy_records";

    private final String url = TestDatabase.newUrl();
    private TestServer server;

    /** What a model says, as members of a choice of OpenAI's and of a message of Anthropic's. */
    private record Said(String what, String openAi, String anthropic) {

        static Said text(String what, String text, String stop, String stopReason) {
            String quoted = Json.mapper().writeValueAsString(text);
            return new Said(
                    what,
                    "\"finish_reason\":\"" + stop + "\",\"message\":{\"role\":\"assistant\",\"content\":" + quoted
                            + "}",
                    "\"stop_reason\":\"" + stopReason + "\",\"content\":[{\"type\":\"text\",\"text\":" + quoted + "}]");
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /** A gateway makes them soon after its start; these tests ask at once. */
    @BeforeAll
    void makeTables() {
        try (Database database = Database.open(DatabaseSettings.of(url, 1))) {
            assertThat(database.jdbi()).isNotNull();
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start("[database]\nurl = \"" + url + "\"\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(Said... answers) {
        for (Said answer : answers) {
            server.openAi.enqueue(Reply.json(200, """
                    {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,%s}],
                     "usage":{"prompt_tokens":9,"completion_tokens":3}}""".formatted(answer.openAi)));
            server.anthropic.enqueue(Reply.json(200, """
                    {"id":"m","type":"message","role":"assistant","model":"m","stop_sequence":null,%s,
                     "usage":{"input_tokens":9,"output_tokens":3}}""".formatted(answer.anthropic)));
        }
        return server.post("/v1/nl-query", QUESTION);
    }

    private static Said says(String text) {
        return Said.text("a text", text, "stop", "end_turn");
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return Json.parse(answer.body()).get("error");
    }

    private long asked() {
        return Stream.of(server.openAi, server.anthropic)
                .mapToLong(SimulatedProvider::requestCount)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SQL,
                SQL + ";",
                "  " + SQL + " ;\n\n",
                "```sql\n" + SQL + "\n```",
                "```\n" + SQL + ";\n```",
                "```postgresql\r\n" + SQL + "\r\n```\r\n",
                "Sure! This counts them:\n\n```sql\n" + SQL
                        + ";\n```\n\nIt counts all rows; tell me if you need `status`.",
                "<think>They want a count, so ```select 1```.</think>\n" + SQL,
                "-- counts all\n" + SQL + " -- all of them",
                "```sql\n" + SQL,
            })
    void takesTheQueryOutOfWhatIsAroundIt(String text) {
        HttpResponse<String> answer = ask(says(text));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.parse(answer.body()).get("columns").toString())
                .isEqualTo("[{\"name\":\"n\",\"type\":\"int8\"}]");
        assertThat(asked()).isOne();
    }

    static List<Said> useless() {
        String cut = "```sql\nSELECT model, sum(cost_usd) AS cost FROM proxy_records WHERE at >= date_tr";
        return List.of(
                Said.text("an apology", "I am sorry, I cannot answer that from these tables.", "stop", "end_turn"),
                Said.text("prose around a query without a fence", "Here it is: " + SQL + " Enjoy!", "stop", "end_turn"),
                Said.text("cut off at its limit", cut, "length", "max_tokens"),
                Said.text("nothing but thoughts", "<think>Let me see", "length", "max_tokens"),
                Said.text("an empty text", "", "stop", "end_turn"),
                Said.text("an empty fence", "```sql\n```", "stop", "end_turn"),
                Said.text("two statements", SQL + "; " + SQL, "stop", "end_turn"),
                Said.text("filtered", "", "content_filter", "refusal"),
                new Said(
                        "a refusal",
                        "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't.\"}",
                        "\"stop_reason\":\"refusal\",\"content\":[]"),
                new Said("a call of a tool that nobody offered", """
                        "finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1",
                         "type":"function","function":{"name":"run_sql","arguments":"{\\"sql\\":\\"SELECT 1\\"}"}}]}""", """
                        "stop_reason":"tool_use","content":[{"type":"tool_use","id":"toolu_1","name":"run_sql",
                         "input":{"sql":"SELECT 1"}}]"""));
    }

    @ParameterizedTest
    @MethodSource("useless")
    void asksOnceMoreAndTakesTheSecondQuery(Said first) {
        HttpResponse<String> answer = ask(first, says(SQL));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.parse(answer.body()).get("request_id").stringValue()).endsWith("-2");
        assertThat(asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("useless")
    void saysWhatIsWrongWhenTheSecondIsOfNoUseEither(Said said) {
        HttpResponse<String> answer = ask(said, said);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(error(answer).get("message").stringValue())
                .contains("cannot be used: ")
                .doesNotContain("Exception", "dev.llmgateway");
        assertThat(asked()).isEqualTo(2);
    }

    /** The call of the model ends like any other: what it says is in the error of the endpoint. */
    @Test
    void saysThatTheModelBroke() {
        server.openAi.always(Reply.failure(500, Map.of()));
        server.anthropic.always(Reply.failure(500, Map.of()));

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(error(answer).get("message").stringValue()).contains("no model could be asked to write the query");
    }
}
