package dev.llmgateway.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class ChatStyleTest {
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}]""";

    @ParameterizedTest
    @CsvSource({
        "gpt-5-pro, '', 404",
        "gpt-5.2-codex, '', 404",
        "o3-deep-research, '', 404",
        "gpt-5.4, '', 200",
        "gpt-5.4, low, 400",
        "gpt-5.4, none, 200",
        "gpt-5.6, '', 400",
        "gpt-6.1-sol, '', 400",
        "gpt-6.1-sol, none, 200",
        "gpt-4o, '', 200",
    })
    void refusesModelsAndToolsThatOpenAiServesByResponsesAlone(String model, String effort, int status)
            throws Exception {
        try (SimulatedProvider provider = SimulatedProvider.start();
                TestClient client = new TestClient(provider)) {
            String members = effort.isEmpty() ? TOOLS : TOOLS + ",\"reasoning_effort\":\"" + effort + "\"";

            HttpResponse<String> answer = client.openai(chat(model, "Weather?", members));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GOOGLE|\"cache_control\":{}",
                "GOOGLE|\"thinking\":{\"type\":\"enabled\"}",
                "GOOGLE|\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"},\"cache_control\":{}}]",
                "GOOGLE|\"service_tier\":\"flex\"",
                "GOOGLE|\"moderation\":{}",
                "GOOGLE|\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]",
                "GROQ|\"service_tier\":\"priority\"",
                "GROQ|\"moderation\":{}",
                "GROQ|\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]",
                "GROQ|\"cache_control\":{}",
                "GROQ|\"thinking\":{\"type\":\"enabled\"}",
                "GROQ|\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{}}]}]",
            })
    void vendorsRefuseMembersAndValuesThatTheyDoNotKnow(ChatStyle style, String member) throws Exception {
        try (SimulatedProvider provider =
                        SimulatedProvider.builder().chatStyle(style).start();
                TestClient client = new TestClient(provider)) {
            String messages =
                    member.startsWith("\"messages") ? "" : ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

            HttpResponse<String> answer = client.openai("{\"model\":\"m\"" + messages + "," + member + "}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(List.of("thinking", "cache_control", "service_tier", "moderation", "stop"))
                    .filteredOn(member::contains)
                    .hasSize(1)
                    .allSatisfy(name -> assertThat(answer.body()).contains(name));
        }
    }

    @Test
    void sendsGooglesCallsWholeAndWantsTheirSignatureBack() throws Exception {
        try (SimulatedProvider provider =
                        SimulatedProvider.builder().chatStyle(ChatStyle.GOOGLE).start();
                TestClient client = new TestClient(provider)) {
            String ask = chat("gemini-3-pro", "call both in parallel", TOOLS + ",\"stream\":true");

            List<JsonNode> chunks = TestClient.data(client.openai(ask).body());

            JsonNode first = chunks.getFirst().at("/choices/0/delta/tool_calls/0");
            String signature =
                    first.at("/extra_content/google/thought_signature").asString("");
            assertThat(chunks).hasSize(2);
            assertThat(first.has("index")).isFalse();
            assertThat(first.at("/function/arguments").asString("")).isEqualTo("{}");
            assertThat(chunks.getLast().at("/choices/0/finish_reason").asString(""))
                    .isEqualTo("stop");
            assertThat(client.openai(replay(signature)).statusCode()).isEqualTo(200);
            assertThat(client.openai(replay(signature + "x")).statusCode()).isEqualTo(400);
            assertThat(client.openai(replay("")).body())
                    .startsWith("[{\"error\":")
                    .contains("thought_signature");
        }
    }

    private static String replay(String signature) {
        ObjectNode body = Json.object().put("model", "gemini-3-pro");
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", "Weather?");
        ObjectNode call = messages.addObject()
                .put("role", "assistant")
                .putArray("tool_calls")
                .addObject();
        call.put("id", "c1").put("type", "function");
        call.putObject("function").put("name", "get_weather").put("arguments", "{}");
        if (!signature.isEmpty()) {
            call.putObject("extra_content").putObject("google").put("thought_signature", signature);
        }
        messages.addObject().put("role", "tool").put("tool_call_id", "c1").put("content", "21 degrees");
        return Json.write(body);
    }

    @Test
    void streamsGroqsReasoningAndHidesItsUsage() throws Exception {
        try (SimulatedProvider provider =
                        SimulatedProvider.builder().chatStyle(ChatStyle.GROQ).start();
                TestClient client = new TestClient(provider)) {
            String ask = chat("gpt-oss", "Hello", "\"stream\":true,\"reasoning_effort\":\"low\"");

            List<JsonNode> chunks = TestClient.data(client.openai(ask).body());
            provider.enqueue(new Fault.ErrorEvent(2).asReply());
            String failed = client.openai(ask).body();

            assertThat(chunks.get(1).at("/choices/0/delta/reasoning").asString(""))
                    .isNotEmpty();
            assertThat(chunks.getLast().at("/x_groq/usage/completion_tokens").asInt(0))
                    .isPositive();
            assertThat(chunks.getLast().has("usage")).isFalse();
            assertThat(failed).contains("event: error\ndata: {\"error\":").doesNotContain("[DONE]");
        }
    }

    private static String chat(String model, String text, String members) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]," + members
                + "}";
    }
}
