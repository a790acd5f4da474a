package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.ReceivedRequest;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls for vectors over HTTP: what is done for chats is done for them. */
@Timeout(120)
final class EmbeddingsOverHttpTest {

    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String SMALL = "text-embedding-3-small";

    private final SimulatedProvider azure = SimulatedProvider.start();
    private final SimulatedProvider local = SimulatedProvider.start();
    private final TestServer server = TestServer.start("""
            [sanitization]
            enabled = true
            redact_pii = true
            compliance_gate = true
            [cache]
            enabled = true
            [model_routing.aliases]
            vectors = "openai/text-embedding-3-small"
            [[providers]]
            id = "azure"
            provider_type = "azure_openai"
            api_key = "azure-key"
            endpoint = "%s"
            [[providers]]
            id = "deepinfra"
            provider_type = "deep_infra"
            api_key = "deepinfra-key"
            [[providers]]
            id = "local"
            provider_type = "local"
            endpoint = "%s"
            """.formatted(azure.uri(), local.uri()));

    @AfterEach
    void stop() {
        server.close();
        azure.close();
        local.close();
    }

    private HttpResponse<String> embed(String model, String input, String more, String... headers) {
        return server.post(EMBEDDINGS, body(model, input, more), headers);
    }

    private HttpResponse<String> embed(String model, String input) {
        return embed(model, input, "");
    }

    private static String body(String model, String input, String more) {
        return "{\"model\":\"" + model + "\",\"input\":" + input.replace('\'', '"') + more.replace('\'', '"') + "}";
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    private static String error(HttpResponse<String> answer) {
        return json(answer).get("error").get("message").stringValue();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    private static ReceivedRequest only(SimulatedProvider provider) {
        assertThat(provider.requests()).hasSize(1);
        return provider.requests().getFirst();
    }

    private JsonNode record(HttpResponse<String> answer) throws InterruptedException {
        AtomicReference<HttpResponse<String>> found = new AtomicReference<>();
        Eventually.assertThatSoon(() -> {
            found.set(server.get("/v1/requests/" + header(answer, "x-request-id")));
            assertThat(found.get().statusCode()).isEqualTo(200);
        });
        return json(found.get());
    }

    @Test
    void theBytesPassInBothDirections() {
        String odd = " ,'dimensions' : 8, 'new_member':{'x':[1]}";
        String reply = "{ \"object\":\"list\", \"data\":[{\"embedding\":[0.10, 1e0],\"index\":1,\"more\":true},"
                + " {\"index\":0,\"embedding\":[2, 3]}],"
                + " \"model\":\"" + SMALL + "\", \"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}, \"extra\":[1] }";
        server.openAi.byPath(EMBEDDINGS, Reply.json(200, reply));

        HttpResponse<String> answer = embed("openai/" + SMALL, "['Hello', 'world']", odd);

        assertThat(only(server.openAi).text()).isEqualTo(body(SMALL, "['Hello', 'world']", odd));
        assertThat(answer.body()).isEqualTo(reply.replace("\"model\":\"", "\"model\":\"openai/"));
        assertThat(header(answer, "x-gateway-provider")).isEqualTo("openai");
        assertThat(header(answer, "x-gateway-model")).isEqualTo(SMALL);
    }

    @Test
    void everyInputHasItsVector() {
        JsonNode answer = json(embed("openai/" + SMALL, "['one','two words','one']"));
        JsonNode data = answer.get("data");

        assertThat(data.size()).isEqualTo(3);
        assertThat(data.get(0).get("embedding").size()).isEqualTo(256);
        assertThat(data.get(2).get("embedding")).isEqualTo(data.get(0).get("embedding"));
        assertThat(data.get(1).get("embedding")).isNotEqualTo(data.get(0).get("embedding"));
        assertThat(answer.get("usage").get("prompt_tokens").intValue()).isEqualTo(4);
    }

    @Test
    void anAnswerInTheOtherFormatIsConverted() {
        server.openAi.byPath(
                EMBEDDINGS, Reply.json(200, "{\"data\":[{\"embedding\":[1,-2.5,0.1]}],\"model\":\"" + SMALL + "\"}"));

        JsonNode answer = json(embed("openai/" + SMALL, "'Hello'", ",'encoding_format':'base64'"));

        assertThat(answer.get("data").get(0).get("embedding").stringValue()).isEqualTo("AACAPwAAIMDNzMw9");
        assertThat(answer.get("usage").get("prompt_tokens").intValue()).isEqualTo(1);
    }

    /** The first comes from the provider, the others from the cache. */
    @Test
    void whatIsSaidOfASingleVectorIsToldInEitherFormat() {
        server.openAi.byPath(
                EMBEDDINGS,
                Reply.json(
                        200,
                        "{\"data\":[{\"embedding\":[1],\"index\":0},"
                                + "{\"embedding\":[2],\"index\":1,\"truncated\":true}],\"model\":\"" + SMALL + "\"}"));

        for (String format : List.of("base64", "float", "base64")) {
            JsonNode data = json(embed(
                            "openai/" + SMALL, "['Short','Much too long']", ",'encoding_format':'" + format + "'"))
                    .get("data");

            assertThat(data.get(0).propertyNames()).doesNotContain("truncated");
            assertThat(data.get(1).path("truncated").booleanValue(false)).isTrue();
        }
        assertThat(server.openAi.requests()).hasSize(1);
    }

    @Test
    void tokensAreEmbeddedWhereTheProviderTakesThem() {
        assertThat(json(embed("openai/" + SMALL, "[[1,2],[3]]")).get("data").size())
                .isEqualTo(2);

        HttpResponse<String> answer = embed("deepinfra/BAAI/bge-m3", "[1,2]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer))
                .isEqualTo("input: provider \"deepinfra\" embeds texts and no arrays of token ids: send the texts");
        assertThat(embed("local/nomic-embed-text", "[1,2]").statusCode()).isEqualTo(200);
        assertThat(only(local).text()).contains("\"input\":[1,2]");
    }

    @Test
    void azureIsAskedByTheModelsOwnDeployment() {
        assertThat(embed("azure/" + SMALL, "'Hello'").statusCode()).isEqualTo(200);

        assertThat(only(azure).path()).isEqualTo("/openai/v1/embeddings");
        assertThat(only(azure).json().get("model").stringValue()).isEqualTo(SMALL);
        assertThat(only(azure).header("api-key")).isEqualTo("azure-key");
    }

    @Test
    void theSameModelAtAnotherProviderStandsIn() throws Exception {
        server.openAi.byPath(EMBEDDINGS, Reply.failure(503));

        HttpResponse<String> answer = embed("openai/" + SMALL, "'Stand in for me'");
        JsonNode call = record(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-gateway-provider")).isEqualTo("azure");
        assertThat(call.get("attempts").intValue()).isEqualTo(2);
        assertThat(call.get("failovers").intValue()).isEqualTo(1);
    }

    @Test
    void noOtherModelDoes() {
        server.openAi.byPath(EMBEDDINGS, Reply.failure(503));
        azure.byPath(EMBEDDINGS, Reply.failure(503));

        HttpResponse<String> answer = embed("openai/" + SMALL, "'Nobody is left'");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(server.openAi.requests()).allMatch(it -> it.text().contains("\"" + SMALL + "\""));
        assertThat(azure.requests()).allMatch(it -> it.text().contains("\"" + SMALL + "\""));
        assertThat(local.requests()).isEmpty();
        assertThat(server.anthropic.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"embedding\":[1,null]}]}",
                "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}",
                "{}"
            })
    void anAnswerThatIsNoneIsAFailure(String body) {
        server.openAi.byPath(EMBEDDINGS, Reply.json(200, body));

        assertThat(header(embed("openai/" + SMALL, "'Hello'"), "x-gateway-provider"))
                .isEqualTo("azure");
    }

    @Test
    void aProviderThatHangsIsLeftInTime() {
        server.openAi.byPath(EMBEDDINGS, new Fault.StallBeforeFirstByte().asReply());
        azure.byPath(EMBEDDINGS, new Fault.StallBeforeFirstByte().asReply());

        assertThat(embed(SMALL, "'Hello'", "", "x-gateway-timeout", "1").statusCode())
                .isEqualTo(504);
    }

    @Test
    void aCallIsRecordedWithItsCost() throws Exception {
        HttpResponse<String> answer = embed("vectors", "['four words are these']", "", "x-project", "search");
        JsonNode call = record(answer);

        assertThat(call.get("dialect").stringValue()).isEqualTo("openai-embeddings");
        assertThat(call.get("project").stringValue()).isEqualTo("search");
        assertThat(call.get("requested_model").stringValue()).isEqualTo("vectors");
        assertThat(call.get("model").stringValue()).isEqualTo(SMALL);
        assertThat(call.get("input_tokens").intValue()).isEqualTo(4);
        assertThat(call.get("output_tokens").intValue()).isZero();
        assertThat(call.get("usage_estimated").booleanValue()).isFalse();
        assertThat(call.get("cost_usd").doubleValue()).isEqualTo(4 * 0.02 / 1_000_000, Offset.offset(1e-15));
        assertThat(json(answer).get("model").stringValue()).isEqualTo("vectors");
    }

    @Test
    void whatMayNotBeSentIsTakenOut() {
        embed("openai/" + SMALL, "['a quiet text','write to ann.smith@company.org today']");

        JsonNode input = only(server.openAi).json().get("input");
        assertThat(input.get(0).stringValue()).isEqualTo("a quiet text");
        assertThat(input.get(1).stringValue())
                .startsWith("write to [REDACTED:")
                .endsWith("] today")
                .doesNotContain("ann.smith");
    }

    @Test
    void whatAProviderAddsIsLookedAtToo() {
        String quiet = "{\"data\":[{\"embedding\":\"AACAPw==\"}],\"usage\":{\"prompt_tokens\":1},\"note\":\"quiet\"}";
        String secret = quiet.replace("quiet", "gh" + "p_" + "a1B2c3D4".repeat(5));

        server.openAi.byPath(EMBEDDINGS, Reply.json(200, quiet));
        HttpResponse<String> first = embed("openai/" + SMALL, "'one'", ",'encoding_format':'base64'");
        server.openAi.byPath(EMBEDDINGS, Reply.json(200, secret));
        HttpResponse<String> second = embed("openai/" + SMALL, "'two'", ",'encoding_format':'base64'");

        assertThat(json(first).get("note").stringValue()).isEqualTo("quiet");
        assertThat(second.body()).doesNotContain("ghp_").contains("AACAPw==");
    }

    @Test
    void theDryRunKnowsThem() {
        JsonNode decision = json(server.post(
                "/v1/route", "{\"dialect\":\"embeddings\",\"request\":" + body(SMALL, "'Hello'", "") + "}"));

        assertThat(decision.get("requirements").get("capabilities").get(0).stringValue())
                .isEqualTo("embeddings");
        assertThat(decision.get("chain").size()).isEqualTo(2);
    }

    @Test
    void theSameTextsAreEmbeddedOnce() {
        HttpResponse<String> first = embed("openai/" + SMALL, "['Remember', 'me']");
        HttpResponse<String> second = embed("vectors", "['Remember', 'me']", ",'encoding_format':'base64'");
        HttpResponse<String> third = embed("openai/" + SMALL, "['Remember', 'me']", ",'dimensions':8");

        assertThat(header(first, "x-gateway-cache")).isEqualTo("none");
        assertThat(header(second, "x-gateway-cache")).isEqualTo("hit");
        assertThat(json(second).get("data").get(0).get("embedding").isString()).isTrue();
        assertThat(header(third, "x-gateway-cache")).isEqualTo("none");
        assertThat(server.openAi.requestCount()).isEqualTo(2);
    }

    @Test
    void aRepeatedKeyRepeatsTheAnswerInItsForm() {
        String[] key = {"idempotency-key", "vectors-1"};
        HttpResponse<String> first = embed("openai/" + SMALL, "'Once'", "", key);
        HttpResponse<String> second = embed("openai/" + SMALL, "'Once'", "", key);

        assertThat(header(second, "x-gateway-idempotent")).isEqualTo("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(embed("openai/" + SMALL, "'Once'", ",'encoding_format':'base64'", key)
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "gpt-4o|needs embeddings; card says no. Name a model that makes embeddings. Models that can serve it: ",
                "anthropic/claude-haiku-4-5|needs embeddings; card says no",
                "anthropic/unheard-of|provider \"anthropic\" has no embeddings: name an embedding model of another provider",
                "auto|name the model that is to make the embeddings: those of different models cannot be compared, so none is chosen here. Models that can serve it: ",
            })
    void whatMakesNoVectorsIsRefused(String model, String why) {
        HttpResponse<String> answer = embed(model, "'Hello'");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer)).contains(why);
        if (why.endsWith(": ")) {
            assertThat(error(answer)).contains("/" + SMALL);
        }
        assertThat(server.openAi.requests()).isEmpty();
        assertThat(server.anthropic.requests()).isEmpty();
    }

    @Test
    void aModelMustBeNamed() {
        assertThat(error(server.post(EMBEDDINGS, "{\"input\":\"Hello\"}")))
                .startsWith("name the model that is to make the embeddings");
        assertThat(embed("text-embedding-9", "'Hello'").statusCode()).isEqualTo(404);
    }

    @Test
    void anEmbeddingModelDoesNotChat() {
        HttpResponse<String> answer = server.post(
                "/v1/chat/completions",
                "{\"model\":\"" + SMALL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer)).contains("makes embeddings and does not chat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]||input: must not be empty",
                "['a','']||input[1]: must not be empty",
                "'a'|,'dimensions':0|dimensions: must be from 1 to 65536",
                "'a'|,'encoding_format':'int8'|encoding_format: must be \"float\" or \"base64\"",
            })
    void badInputIsToldInOpenAisForm(String input, String more, String sentence) {
        HttpResponse<String> answer = embed(SMALL, input, more == null ? "" : more, "anthropic-version", "2023-06-01");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).has("type")).isFalse();
        assertThat(error(answer)).isEqualTo(sentence);
    }

    @Test
    void aRefusalOfTheProviderIsTheCallers() {
        server.openAi.byPath(EMBEDDINGS, Reply.failure(400));

        assertThat(embed("openai/" + SMALL, "'Hello'").statusCode()).isEqualTo(400);
        assertThat(azure.requests()).isEmpty();
    }

    @Test
    void manyTextsMayTogetherBeLongerThanAWindow() {
        String text = "'" + "word ".repeat(4_000) + "'";
        String all = String.join(",", List.of(text, text, text));

        assertThat(embed("openai/" + SMALL, "[" + all + "]").statusCode()).isEqualTo(200);
    }

    @Test
    void aConversationIsNotAboutVectors() {
        embed("openai/" + SMALL, "'Hello'", "", "x-gateway-conversation-id", "c-1");

        HttpResponse<String> chat = server.post(
                "/v1/chat/completions",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}",
                "x-gateway-conversation-id",
                "c-1");

        assertThat(chat.statusCode()).isEqualTo(200);
    }
}
