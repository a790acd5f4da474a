package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of requests that refer to items of earlier answers ({@code item_reference}) instead of sending them. */
class KeptItemsOverHttpTest {

    private static final LeapingTicker TICKER = new LeapingTicker();

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("""
            [key_map.vk-red]
            label = "Red"
            [key_map.vk-blue]
            label = "Blue"
            [kept_items]
            ttl_secs = 3600
            [sanitization]
            enabled = true
            compliance_gate = true
            """, TICKER);

    private static final String RESPONSES = "/v1/responses";
    private static final String CLAUDE = "anthropic/claude-sonnet-4-5";
    private static final String GPT = "openai/gpt-4o";
    private static final String WORDS = "[simulated anthropic] You said: Hello!";

    private static HttpResponse<String> ask(String key, String model, String members, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("authorization", "Bearer " + key, "x-gateway-failover", "disabled"));
        return SERVER.post(RESPONSES, "{\"model\":\"" + model + "\"," + members + "}", all.toArray(String[]::new));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    /** The whole answer, by the last event of a stream. */
    private static JsonNode answer(HttpResponse<String> response) {
        if (!response.body().startsWith("event:")) {
            return json(response);
        }
        return events(response).getLast().path("response");
    }

    private static List<JsonNode> events(HttpResponse<String> stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)))
                .toList();
    }

    private static String id(JsonNode answer, int item) {
        return answer.path("output").path(item).path("id").stringValue();
    }

    private static String hello(String key, String model, String... headers) {
        return id(answer(ask(key, model, "\"input\":\"Hello!\"", headers)), 0);
    }

    private static String secondTurn(String... ids) {
        StringBuilder items = new StringBuilder("\"input\":[{\"role\":\"user\",\"content\":\"Hello!\"}");
        for (String id : ids) {
            items.append(",{\"type\":\"item_reference\",\"id\":\"").append(id).append("\"}");
        }
        return items.append(",{\"role\":\"user\",\"content\":\"And now?\"}]").toString();
    }

    private static JsonNode lastRead(SimulatedProvider provider) {
        return Json.parse(provider.requests().getLast().text());
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aReferenceIsReadAsTheItemItself(boolean isFirstStreamed, boolean isSecondStreamed) {
        String id = id(answer(ask("vk-red", CLAUDE, "\"stream\":" + isFirstStreamed + ",\"input\":\"Hello!\"")), 0);

        HttpResponse<String> second = ask("vk-red", CLAUDE, "\"stream\":" + isSecondStreamed + "," + secondTurn(id));

        assertThat(answer(second).at("/output/0/content/0/text").stringValue()).contains("And now?");
        JsonNode messages = lastRead(SERVER.anthropic).path("messages");
        assertThat(messages.at("/1/role").stringValue()).isEqualTo("assistant");
        assertThat(messages.at("/1/content").toString()).contains(WORDS);
        assertThat(messages).hasSize(3);
    }

    @Test
    void anIdThatWasMintedHereIsNoReferenceForOpenAi() {
        String id = hello("vk-red", CLAUDE);

        json(ask("vk-red", GPT, secondTurn(id)));

        JsonNode item = lastRead(SERVER.openAi).at("/input/1");
        assertThat(item.path("type").stringValue()).isEqualTo("message");
        assertThat(item.path("role").stringValue()).isEqualTo("assistant");
        assertThat(item.at("/content/0/text").stringValue()).isEqualTo(WORDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anItemThatCameAsItWasCanBeReadByAnotherProvider(boolean isStreamed) {
        String id = id(answer(ask("vk-red", GPT, "\"stream\":" + isStreamed + ",\"input\":\"Hello!\"")), 0);

        json(ask("vk-red", CLAUDE, secondTurn(id)));

        assertThat(lastRead(SERVER.anthropic).at("/messages/1/content").toString())
                .contains("[simulated openai] You said: Hello!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":\"ID\"}", "{\"type\":null,\"id\":\"ID\"}", "{\"id\":\"ID\",\"type\":\"item_reference\"}"
            })
    void aReferenceNeedNotSayThatItIsOne(String reference) {
        String id = hello("vk-red", CLAUDE);

        json(ask(
                "vk-red",
                CLAUDE,
                "\"input\":[" + reference.replace("ID", id) + ",{\"role\":\"user\",\"content\":\"x\"}]"));

        assertThat(lastRead(SERVER.anthropic).path("messages").toString()).contains(WORDS);
    }

    @Test
    void thoughtsAndCallsAreReferredToLikeTexts() {
        String tools = """
                "reasoning":{"effort":"low"},"tools":[{"type":"function","name":"look","parameters":{"type":"object"}}],""";
        String question = "{\"role\":\"user\",\"content\":\"sim-talk and look!\"}";
        JsonNode first = json(ask("vk-red", CLAUDE, tools + "\"input\":[" + question + "]"));
        StringBuilder items = new StringBuilder(question);
        for (JsonNode item : first.path("output").values()) {
            items.append(",{\"type\":\"item_reference\",\"id\":\"")
                    .append(item.path("id").stringValue())
                    .append("\"}");
        }
        String callId = first.at("/output/2/call_id").stringValue();
        items.append(",{\"type\":\"function_call_output\",\"output\":\"fine\",\"call_id\":\"")
                .append(callId)
                .append("\"}");

        JsonNode second = json(ask("vk-red", CLAUDE, tools + "\"input\":[" + items + "]"));

        assertThat(second.at("/output").toString()).contains("The tool said: fine");
        JsonNode said = lastRead(SERVER.anthropic).at("/messages/1/content");
        assertThat(said)
                .extracting(block -> block.path("type").stringValue())
                .containsExactly("thinking", "text", "tool_use");
        assertThat(said.at("/0/signature").stringValue()).isNotEmpty();
        assertThat(said.at("/1/text").stringValue()).contains("I will look that up.");
    }

    @Test
    void thoughtsThatAnotherProviderSealedAreLeftOutWhereTheyAreReferredTo() {
        String effort = "\"reasoning\":{\"effort\":\"low\"},";
        JsonNode first = json(ask("vk-red", CLAUDE, effort + "\"input\":\"Hello!\""));
        assertThat(first.at("/output/0/type").stringValue()).isEqualTo("reasoning");

        HttpResponse<String> second = ask("vk-red", GPT, secondTurn(id(first, 0), id(first, 1)));

        json(second);
        assertThat(lastRead(SERVER.openAi).path("input"))
                .extracting(item -> item.path("role").stringValue(""))
                .containsExactly("user", "assistant", "user");
        assertThat(second.headers().firstValue("x-gateway-dropped").orElse("")).contains("encrypted_content");
    }

    private static void assertUnknown(HttpResponse<String> answer, String id) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).at("/error/message").stringValue())
                .startsWith("input[1]: the item \"" + id + "\"")
                .contains("Send the item itself", "providerOptions: { openai: { store: false } }")
                // For how long is set, and differs between these servers.
                .contains("kept for a limited time, if at all")
                .doesNotContain("24 hours");
        assertThat(Json.parse(answer.body()).at("/error/param").stringValue()).isEqualTo("input[1]");
    }

    @Test
    void anItemOfAnotherTenantIsNotKnown() {
        String id = hello("vk-red", CLAUDE);

        assertUnknown(ask("vk-blue", CLAUDE, secondTurn(id)), id);
        ask("vk-blue", GPT, secondTurn(id));

        assertThat(SERVER.openAi.requests().getLast().text())
                .doesNotContain(WORDS)
                .contains("item_reference", id);
        json(ask("vk-red", CLAUDE, secondTurn(id)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatIsNotToBeStoredIsNotKept(boolean isStreamed) {
        String members = "\"store\":false,\"stream\":" + isStreamed + ",\"input\":\"Hello!\"";
        String id = id(answer(ask("vk-red", CLAUDE, members)), 0);

        assertUnknown(ask("vk-red", CLAUDE, secondTurn(id)), id);
    }

    @Test
    void anItemGoesWithItsTime() {
        String id = hello("vk-red", CLAUDE);
        TICKER.leap();

        assertUnknown(ask("vk-red", CLAUDE, secondTurn(id)), id);
    }

    @Test
    void anItemIsNotForCallsOfALowerLevel() {
        String id = hello("vk-red", CLAUDE, "x-data-classification", "internal");

        assertUnknown(ask("vk-red", CLAUDE, secondTurn(id), "x-data-classification", "public"), id);
        json(ask("vk-red", CLAUDE, secondTurn(id), "x-data-classification", "internal"));
    }

    @Test
    void whatWasToldBeforeAStreamBrokeCanBeReferredTo() {
        SERVER.anthropic.enqueue(new Fault.CloseMidStream(15).asReply());
        String tools =
                "\"tools\":[{\"type\":\"function\",\"name\":\"look\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}],";
        HttpResponse<String> broken = ask("vk-red", CLAUDE, tools + "\"stream\":true,\"input\":\"sim-talk and look!\"");
        List<JsonNode> events = events(broken);
        assertThat(events.getLast().path("type").stringValue()).isEqualTo("response.failed");
        String id = events.stream()
                .filter(event -> event.path("type").stringValue().equals("response.output_item.done"))
                .map(event -> event.at("/item/id").stringValue())
                .findFirst()
                .orElseThrow();

        json(ask("vk-red", CLAUDE, secondTurn(id)));

        assertThat(lastRead(SERVER.anthropic).at("/messages/1/content").toString())
                .contains("I will look that up.");
    }

    @Test
    void onlyWhatIsKnownIsReplaced() {
        String id = hello("vk-red", CLAUDE);

        ask("vk-red", GPT, secondTurn("msg_elsewhere", id));

        JsonNode input = lastRead(SERVER.openAi).path("input");
        assertThat(input.get(1).toString()).isEqualTo("{\"type\":\"item_reference\",\"id\":\"msg_elsewhere\"}");
        assertThat(input.at("/2/content/0/text").stringValue()).isEqualTo(WORDS);
    }

    @Test
    void whatTheGateTookOutIsNotInTheItem() {
        String secret = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xYz".substring(0, 36);
        String id = id(json(ask("vk-red", CLAUDE, "\"input\":\"Say " + secret + "\"")), 0);

        json(ask("vk-red", CLAUDE, secondTurn(id)));

        assertThat(lastRead(SERVER.anthropic).toString())
                .contains("You said: Say")
                .doesNotContain(secret);
    }

    @Test
    void tokensOfAReferenceAreThoseOfItsItem() {
        JsonNode item = json(ask("vk-red", CLAUDE, "\"input\":\"Hello!\"")).at("/output/0");
        String reference = "{\"type\":\"item_reference\",\"id\":" + item.path("id") + "}";

        assertThat(count("vk-red", reference)).isEqualTo(count("vk-blue", item.toString()));
        assertThat(count("vk-red", reference)).isNotEqualTo(count("vk-blue", reference));
    }

    private static long count(String key, String item) {
        String body =
                "{\"model\":\"" + CLAUDE + "\",\"input\":[{\"role\":\"user\",\"content\":\"Hello!\"}," + item + "]}";
        return json(SERVER.post(RESPONSES + "/input_tokens", body, "authorization", "Bearer " + key))
                .path("input_tokens")
                .longValue();
    }

    @Test
    void theyAreForgottenWithAllThatWasSaid() {
        String id = hello("vk-red", CLAUDE);

        HttpResponse<String> cleared =
                SERVER.send(SERVER.builder("/v1/analytics").DELETE());

        assertThat(json(cleared).at("/cleared/kept_items").longValue()).isPositive();
        assertUnknown(ask("vk-red", CLAUDE, secondTurn(id)), id);
    }

    /** A small request may name a large item many times. */
    @Test
    void aRequestIsNoLargerWithWhatItRefersToThanABodyMayBe() {
        try (TestServer server = TestServer.start("[server]\nport = 0\nmax_body_bytes = 50000\n")) {
            String first = "{\"model\":\"" + CLAUDE + "\",\"input\":\"sim-long\"}";
            String id = id(json(server.post(RESPONSES, first)), 0);
            String[] many = Collections.nCopies(100, id).toArray(String[]::new);
            HttpResponse<String> refused =
                    server.post(RESPONSES, "{\"model\":\"" + CLAUDE + "\"," + secondTurn(many) + "}");

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("items that it refers to", "max_body_bytes");
            assertThat(server.post(RESPONSES, "{\"model\":\"" + CLAUDE + "\"," + secondTurn(id) + "}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aReferenceNeedsAnId() {
        HttpResponse<String> refused = ask("vk-red", CLAUDE, "\"input\":[{\"type\":\"item_reference\",\"id\":null}]");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("needs an").contains("input[0]");
    }

    @Test
    void noneIsKeptWhereThatIsSwitchedOff() {
        try (TestServer server = TestServer.start("[kept_items]\nenabled = false\n")) {
            String hello = "{\"model\":\"" + CLAUDE + "\",\"input\":\"Hello!\"}";
            String id = id(json(server.post(RESPONSES, hello)), 0);

            HttpResponse<String> second = server.post(
                    RESPONSES,
                    "{\"model\":\"" + CLAUDE + "\"," + secondTurn(id) + "}",
                    "x-gateway-failover",
                    "disabled");

            assertUnknown(second, id);
        }
    }
}
