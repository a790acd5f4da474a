package dev.llmgateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a model is chosen, as callers see it. */
class RoutingOverHttpTest {
    @AutoClose
    private static final SimulatedProvider OWN = SimulatedProvider.start();

    @RegisterExtension
    static final TestServer SERVER = TestServer.start("""
            [model_routing.aliases]
            fast = "gpt-4o-mini"

            [[model_routing.deprecations]]
            model = "openai/gpt-4o-mini"
            sunset_date = "2999-01-01"
            replacement = "openai/gpt-4o"

            [[model_routing.deprecations]]
            model = "openai/old"
            sunset_date = "2026-01-31"
            replacement = "gpt-4o"

            [[model_routing.deprecations]]
            model = "openai/gone"
            sunset_date = "2026-01-31"

            [[models]]
            id = "openai/text-only"
            context_window = 100000
            capabilities = ["streaming", "tool_use"]

            [sanitization]
            max_classification = "itar"

            [[providers]]
            id = "own"
            provider_type = "local"
            endpoint = "%s/v1"
            """.formatted(OWN.uri()));

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    @BeforeEach
    void reset() {
        OWN.reset();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beforeItsDayAModelAnswersWithTheDayInAHeader(boolean stream) {
        for (String path : new String[] {CHAT, MESSAGES}) {
            HttpResponse<String> answer = SERVER.post(path, body("fast", "\"stream\":" + stream));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "x-gateway-model")).isEqualTo("gpt-4o-mini");
            assertThat(header(answer, "x-gateway-deprecation")).isEqualTo("2999-01-01");
        }
    }

    @Test
    void fromItsDayOnTheReplacementAnswersAndTheHeaderStays() {
        HttpResponse<String> answer = SERVER.post(CHAT, body("openai/old"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-gateway-model")).isEqualTo("gpt-4o");
        assertThat(header(answer, "x-gateway-deprecation")).isEqualTo("2026-01-31");
    }

    @Test
    void withoutAReplacementTheModelIsGone() {
        HttpResponse<String> answer = SERVER.post(CHAT, body("openai/gone"));
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("model_retired").contains("is retired since 2026-01-31");
        assertThat(header(answer, "x-gateway-deprecation")).isEqualTo("2026-01-31");
        assertThat(SERVER.post("/v1/messages/count_tokens", body("openai/gone")).statusCode())
                .isEqualTo(410);
    }

    @Test
    void aModelThatDoesNotEndHasNoSuchHeader() {
        assertThat(SERVER.post(CHAT, body("claude-sonnet-5-5")).headers().firstValue("x-gateway-deprecation"))
                .isEmpty();
    }

    @Test
    void autoAnswers() {
        HttpResponse<String> answer = SERVER.post(CHAT, body("auto"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-model")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "auto"})
    void aModelMayNotSeeDataAboveItsLevel(String model) {
        int before = asked();
        HttpResponse<String> answer = SERVER.post(CHAT, body(model), "x-data-classification", "classified");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("classified").contains("itar");
        HttpResponse<String> named = SERVER.post(CHAT, body("gpt-4o"), "x-data-classification", "cui");
        assertThat(named.statusCode()).isEqualTo(403);
        assertThat(named.body()).contains("layer classification").contains("data is cui");
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void onesOwnModelMaySeeAllLevelsThatAreAccepted() {
        HttpResponse<String> answer = SERVER.post(CHAT, body("own/any"), "x-data-classification", "itar");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-gateway-provider")).isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "auto"})
    void nothingDearerThanTheCallersCeilingIsSent(String model) {
        int before = asked();
        HttpResponse<String> answer = SERVER.post(CHAT, body(model), "x-gateway-max-cost", "0");
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.body()).contains("budget_exceeded");
        assertThat(asked()).isEqualTo(before);
        assertThat(SERVER.post(CHAT, body(model), "x-gateway-max-cost", "1.50").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, 1000000, 128000", "auto, 10000000, "})
    void aPromptThatFitsNowhereIsTooLarge(String model, int characters, String window) {
        String words = "word ".repeat(characters / 5);
        HttpResponse<String> answer = SERVER.post(CHAT, """
                {"model":"%s","messages":[{"role":"user","content":"%s"}]}""".formatted(model, words));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("context_length_exceeded");
        assertThat(Long.parseLong(header(answer, "x-context-window-limit"))).isGreaterThan(100_000);
        if (window != null) {
            assertThat(header(answer, "x-context-window-limit")).isEqualTo(window);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "auto"})
    void aRequestThatNoModelCanServeIsWrong(String model) {
        HttpResponse<String> answer = SERVER.post(CHAT, body(model, "\"max_tokens\":90000000"));
        assertThat(answer.statusCode()).isIn(400, 413);
        assertThat(answer.body()).contains("9000000");
    }

    @Test
    void aNamedModelThatCannotSeeImagesIsNotReplacedInSilence() {
        HttpResponse<String> answer = SERVER.post(CHAT, """
                {"model":"openai/text-only","messages":[{"role":"user","content":[{"type":"image_url",
                "image_url":{"url":"data:image/png;base64,%s"}}]}]}""".formatted(TinyPng.BASE64));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("needs vision").contains("\"param\":\"messages\"");
    }

    @Test
    void anUnknownNameHasNearNames() {
        HttpResponse<String> answer = SERVER.post(CHAT, body("gpt-4o-mimi"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("model_not_found").contains("Did you mean gpt-4o-mini");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-routing-profile | codee | code",
                "x-data-classification | secret | public, internal, cui, itar, classified",
                "x-gateway-max-cost | -1 | US dollars from 0",
                "x-gateway-max-cost | NaN | US dollars from 0",
                "x-gateway-max-cost | Infinity | US dollars from 0",
                "x-gateway-max-cost | 1e999999999 | US dollars from 0",
                "x-gateway-max-cost | cheap | US dollars from 0",
            })
    void aHeaderThatMakesNoSenseIsNamedWithWhatIsAllowed(String header, String value, String allowed) {
        int before = asked();
        for (String path : new String[] {CHAT, MESSAGES}) {
            HttpResponse<String> answer = SERVER.post(path, body("gpt-4o"), header, value);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(header).contains(allowed);
        }
        assertThat(asked()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-routing-profile", "x-data-classification", "x-gateway-max-cost"})
    void aHeaderThatIsThereTwiceIsRefused(String header) {
        HttpResponse<String> answer = SERVER.post(CHAT, body("gpt-4o"), header, "public", header, "classified");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(header + ": must be sent once, not 2 times");
    }

    @Test
    void aConversationsIdHasABoundedLength() {
        assertThat(SERVER.post(CHAT, body("gpt-4o"), "x-gateway-conversation-id", "c".repeat(257))
                        .statusCode())
                .isEqualTo(400);
        assertThat(SERVER.post(CHAT, body("gpt-4o"), "x-gateway-conversation-id", "c".repeat(256))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aConversationStaysWithItsModel() {
        String best = chosen("quality_optimized", "c-1");
        assertThat(chosen("cost_optimized", "c-2")).isNotEqualTo(best);
        assertThat(chosen("cost_optimized", "c-1")).isEqualTo(best);
    }

    /** How many requests have come to providers. */
    private static int asked() {
        return SERVER.openAi.requests().size() + SERVER.anthropic.requests().size();
    }

    private static String chosen(String profile, String conversation) {
        HttpResponse<String> answer = SERVER.post(
                CHAT, body("auto"), "x-routing-profile", profile, "x-gateway-conversation-id", conversation);
        assertThat(answer.statusCode()).isEqualTo(200);
        return header(answer, "x-gateway-model");
    }

    private static String body(String model) {
        return body(model, "\"stream\":false");
    }

    private static String body(String model, String more) {
        String limit = more.contains("max_tokens") ? "" : "\"max_tokens\":100,";
        return "{\"model\":\"" + model + "\"," + limit + more
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
