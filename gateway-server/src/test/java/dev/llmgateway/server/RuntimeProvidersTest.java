package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Providers that come and go while the gateway runs. */
class RuntimeProvidersTest {
    private static final String KEY = "sk-runtime-0123456789";

    private final SimulatedProvider added = SimulatedProvider.start();
    private final TestServer server = TestServer.start("""
            [server]
            port = 0
            [[providers]]
            id = "spare"
            provider_type = "groq"
            api_key = "gsk-spare-0123456789"
            enabled = false
            max_classification = "cui"
            """);

    @AfterEach
    void stop() {
        server.close();
        added.close();
    }

    private HttpResponse<String> add(String json) {
        return server.post("/v1/providers", json);
    }

    private HttpResponse<String> remove(String id) {
        return server.send(server.builder("/v1/providers/" + id).DELETE());
    }

    private String local(String id) {
        return "{\"id\":\"" + id + "\",\"provider_type\":\"local\",\"api_key\":\"" + KEY + "\",\"endpoint\":\""
                + added.uri() + "/v1/secret-path\"}";
    }

    private static String chat(String model, boolean stream, String text) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text + "\"}]}";
    }

    private List<JsonNode> list() {
        HttpResponse<String> answer = server.get("/v1/providers");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.parse(answer.body()).get("providers").valueStream().toList();
    }

    @Test
    void allProvidersAreListedInTheirOrderWithoutKeysAndPaths() {
        assertThat(add(local("mine")).statusCode()).isEqualTo(201);
        assertThat(list())
                .extracting(provider -> provider.get("id").stringValue())
                .containsExactly("spare", "openai", "anthropic", "mine");
        JsonNode spare = list().get(0);
        assertThat(spare.get("enabled").booleanValue()).isFalse();
        assertThat(spare.get("order").isNull()).isTrue();
        assertThat(spare.get("models").intValue()).isZero();
        assertThat(spare.get("max_classification").stringValue()).isEqualTo("cui");
        assertThat(spare.get("endpoint").stringValue()).isEqualTo("https://api.groq.com");
        JsonNode openAi = list().get(1);
        assertThat(openAi.get("order").intValue()).isEqualTo(1);
        assertThat(openAi.get("models").intValue()).isPositive();
        assertThat(openAi.get("source").stringValue()).isEqualTo("config");
        JsonNode mine = list().get(3);
        assertThat(mine.get("source").stringValue()).isEqualTo("runtime");
        assertThat(mine.get("has_api_key").booleanValue()).isTrue();
        assertThat(mine.get("endpoint").stringValue()).isEqualTo(added.uri().toString());
    }

    @Test
    void aProviderThatIsAddedIsCalledAtOnceAndIsGoneWhenItIsRemoved() {
        assertThat(server.post("/v1/chat/completions", chat("mine/tiny", false, "Hi"))
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> answer = add(local("mine"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(Json.parse(answer.body())).isEqualTo(list().get(3));

        HttpResponse<String> called = server.post("/v1/chat/completions", chat("mine/tiny", false, "Hi"));
        assertThat(called.statusCode()).as(called.body()).isEqualTo(200);
        assertThat(called.headers().firstValue("x-gateway-provider")).hasValue("mine");
        assertThat(added.requests().getFirst().headers()).containsEntry("authorization", "Bearer " + KEY);

        assertThat(remove("mine").statusCode()).isEqualTo(204);
        assertThat(remove("mine").statusCode()).isEqualTo(404);
        assertThat(server.post("/v1/chat/completions", chat("mine/tiny", false, "Hi"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get("/health").body()).doesNotContain("mine");
    }

    @Test
    void itServesTheCardsOfItsVendor() {
        assertThat(remove("openai").statusCode()).isEqualTo(204);
        assertThat(server.post("/v1/chat/completions", chat("openai/gpt-4o", false, "Hi"))
                        .statusCode())
                .isEqualTo(404);
        String second = "{\"id\":\"second\",\"provider_type\":\"openai\",\"api_key\":\"" + KEY + "\",\"endpoint\":\""
                + added.uri() + "/v1\"}";
        assertThat(add(second).statusCode()).isEqualTo(201);
        HttpResponse<String> called = server.post("/v1/chat/completions", chat("openai/gpt-4o", false, "Hi"));
        assertThat(called.statusCode()).as(called.body()).isEqualTo(200);
        assertThat(called.headers().firstValue("x-gateway-provider")).hasValue("second");
    }

    @Test
    void aStreamOfAProviderThatIsRemovedGoesOnToItsEnd() throws Exception {
        add(local("mine"));
        HttpResponse<java.io.InputStream> stream = server.http()
                .send(
                        server.builder("/v1/chat/completions", "content-type", "application/json")
                                .POST(BodyPublishers.ofString(chat("mine/tiny", true, "sim-slow one two three four")))
                                .build(),
                        BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: ");
            assertThat(remove("mine").statusCode()).isEqualTo(204);
            assertThat(lines.lines().collect(Collectors.joining()))
                    .contains("four")
                    .doesNotContain("error")
                    .endsWith("data: [DONE]");
        }
    }

    @Test
    void aCallOfAProviderThatIsRemovedHasItsPrice() throws Exception {
        add("{\"id\":\"second\",\"provider_type\":\"openai\",\"api_key\":\"" + KEY + "\",\"endpoint\":\"" + added.uri()
                + "/v1\"}");
        HttpResponse<java.io.InputStream> stream = server.http()
                .send(
                        server.builder("/v1/chat/completions", "content-type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        chat("second/gpt-4o", true, "sim-slow one two three four")))
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("x-gateway-provider")).hasValue("second");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(remove("second").statusCode()).isEqualTo(204);
            assertThat(lines.lines().collect(Collectors.joining())).endsWith("data: [DONE]");
        }
        Eventually.assertThatSoon(
                () -> assertThat(latestRecord().path("cost_usd").asDouble(0)).isPositive());
    }

    private JsonNode latestRecord() {
        return Json.parse(server.get("/v1/requests").body()).path("requests").path(0);
    }

    @Test
    void anIdIsGivenOnce() {
        assertThat(add(local("openai")).statusCode()).isEqualTo(409);
        assertThat(add(local("spare")).statusCode()).isEqualTo(409);
        assertThat(add(local("mine")).statusCode()).isEqualTo(201);
        assertThat(add(local("mine")).body()).contains("there is a provider \\\"mine\\\" already");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                                                                 | not valid JSON
                    []                                                                | not a JSON object
                    {"provider_type":"openai"}                                        | 'id'
                    {"id":"a b","provider_type":"openai"}                             | 'id'
                    {"id":"a","provider_type":"opnai"}                                | did you mean \\"openai\\"
                    {"id":"a"}                                                        | 'provider_type'
                    {"id":"a","provider_type":"openai","apikey":"k-0123456"}          | did you mean 'api_key'
                    {"id":"a","provider_type":"local"}                                | 'endpoint'
                    {"id":"a","provider_type":"local","endpoint":"ftp://x"}           | 'endpoint'
                    {"id":"a","provider_type":"local","endpoint":"http://u:p@x/"}     | 'endpoint'
                    {"id":"a","provider_type":"openai","enabled":"yes"}               | 'enabled'
                    {"id":"a","provider_type":"openai","max_classification":"secret"} | 'max_classification'
                    {"id":"a","provider_type":"openai","api_key":"${HOME}"}           | send the key
                    """)
    void whatIsWrongIsSaidWithItsMember(String json, String sentence) {
        HttpResponse<String> answer = add(json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(sentence).doesNotContain("k-0123456");
        assertThat(list()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://2852039166/v1",
                "http://[::ffff:169.254.169.254]/v1",
                "http://[fe80::1]/v1",
                "http://[fd00:ec2::254]/v1",
                "http://100.100.100.200/v1",
                "http://metadata.google.internal/v1",
                "http://METADATA.google.internal./v1",
            })
    void metadataAddressesAreRefused(String endpoint) {
        HttpResponse<String> answer =
                add("{\"id\":\"a\",\"provider_type\":\"local\",\"endpoint\":\"" + endpoint + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("endpoint");
        assertThat(list()).hasSize(3);
    }

    @Test
    void theGatewayItselfIsNoProvider() {
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0")) {
            HttpResponse<String> answer = add("{\"id\":\"a\",\"provider_type\":\"local\",\"endpoint\":\"http://" + host
                    + ":" + server.gateway.port() + "/v1\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("own address");
        }
    }

    @Test
    void noManagementAnswerShowsAKey() {
        StringBuilder answers = new StringBuilder(add(local("mine")).body())
                .append(add(local("mine")).body());
        server.gateway.registeredRoutes().stream()
                .filter(route -> route.guarded() && route.method().equals("GET"))
                .forEach(route -> answers.append(server.get(route.path().replaceAll("\\{[^}]*}|<[^>]*>", "mine"))
                        .body()));
        answers.append(add(local("bad id")).body()).append(remove("mine").body());
        assertThat(answers.toString())
                .isNotEmpty()
                .doesNotContain(KEY, "sk-test", "sk-ant-test", "gsk-spare", "secret-path");
    }
}
