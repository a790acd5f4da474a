package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.providers.simulated.Fault;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ModelListsTest {

    private final SimulatedProvider sim = SimulatedProvider.start();

    @AfterEach
    void close() {
        sim.close();
    }

    @ParameterizedTest
    @EnumSource(value = ProviderType.class, mode = EnumSource.Mode.EXCLUDE, names = "AZURE_OPENAI")
    void listsTheModels(ProviderType type) throws Exception {
        List<ModelInfo> models = models(type, PATIENCE);

        assertThat(models).extracting(ModelInfo::id).containsExactly("sim-large", "sim-small");
        var request = sim.awaitRequest(PATIENCE);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.query()).isEqualTo(type == ProviderType.ANTHROPIC ? "limit=1000" : "");
    }

    @Test
    void readsAllPagesOfAnthropic() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(json("{\"data\":[{\"type\":\"model\",\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}"));
            server.enqueue(json("{\"data\":[{\"type\":\"model\",\"id\":\"b\"}],\"has_more\":false,\"last_id\":\"b\"}"));
            try (Provider provider = Providers.builder(ProviderType.ANTHROPIC, "anthropic")
                    .endpoint(server.url("/").toString())
                    .apiKey("k-1")
                    .build()) {
                assertThat(provider.models(PATIENCE)).extracting(ModelInfo::id).containsExactly("a", "b");
            }
            assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/models?limit=1000");
            var second = server.takeRequest();
            assertThat(second.getTarget()).isEqualTo("/v1/models?limit=1000&after_id=a");
            assertThat(second.getHeaders().get("x-api-key")).isEqualTo("k-1");
            assertThat(second.getHeaders().get("anthropic-version")).isEqualTo("2023-06-01");
        }
    }

    @Test
    void givesUpOnPagesWithoutEnd() {
        sim.byPath(
                "/models",
                Reply.json(200, "{\"data\":[{\"type\":\"model\",\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}"));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> models(ProviderType.ANTHROPIC, PATIENCE))
                .withMessageContaining("pages");
        assertThat(sim.requestCount()).isEqualTo(20);
    }

    @Test
    void readsAnthropicsRecordedList() {
        sim.byPath("/models", Reply.recorded("application/json", TestCalls.fixture("anthropic-models-list.json")));

        assertThat(models(ProviderType.ANTHROPIC, PATIENCE))
                .extracting(ModelInfo::id)
                .contains("claude-opus-4-5-20251101");
    }

    @Test
    void takesGooglesPrefixOff() {
        sim.byPath("/models", Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"models/gemini-2.5-pro\"}]}"));

        assertThat(models(ProviderType.GOOGLE, PATIENCE))
                .extracting(ModelInfo::id)
                .containsExactly("gemini-2.5-pro");
    }

    @Test
    void knowsNoMoreOfAzureThanItsDeployment() {
        try (Provider provider = Providers.builder(ProviderType.AZURE_OPENAI, "azure")
                .endpoint(sim.uri().toString())
                .deployment("prod")
                .build()) {
            assertThat(provider.models(PATIENCE)).extracting(ModelInfo::id).containsExactly("prod");
        }
        assertThat(sim.requestCount()).isZero();
    }

    @Test
    void tellsARefusedKey() {
        sim.byPath("/models", Reply.failure(401));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> models(ProviderType.OPENAI, PATIENCE))
                .satisfies(e -> assertThat(e.error().kind()).isEqualTo(Kind.AUTHENTICATION));
    }

    @Test
    void tellsOfARedirectThatIsNotFollowed() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse(302, Headers.of("location", "/elsewhere"), ""));
            try (Provider provider = Providers.builder(ProviderType.OPENAI, "openai")
                    .endpoint(server.url("/").toString())
                    .build()) {
                assertThatExceptionOfType(ProviderFailed.class)
                        .isThrownBy(() -> provider.models(PATIENCE))
                        .withMessageContaining("redirect, which is not followed");
            }
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void tellsThatItIsNoList() {
        for (String body : List.of("<html>", "{}", "{\"data\": 1}", "")) {
            sim.byPath("/models", Reply.json(200, body));

            assertThatExceptionOfType(ProviderFailed.class)
                    .isThrownBy(() -> models(ProviderType.ANTHROPIC, PATIENCE))
                    .satisfies(e -> assertThat(e.phase()).isEqualTo(ProviderFailed.Phase.MALFORMED));
        }
    }

    @Test
    void anEmptyListIsAFailure() {
        sim.byPath("/models", Reply.json(200, "{\"data\":[]}"));

        assertThatExceptionOfType(ProviderFailed.class)
                .isThrownBy(() -> models(ProviderType.GROQ, PATIENCE))
                .withMessage("provider \"upstream\" lists no models");
    }

    @Test
    void endsWhenTheTimeIsUp() throws Exception {
        sim.byPath("/models", new Fault.StallBeforeFirstByte().asReply());

        assertThatExceptionOfType(GatewayException.TimedOut.class)
                .isThrownBy(() -> models(ProviderType.OPENAI, Duration.ofMillis(100)));
        assertThat(sim.awaitDisconnect(PATIENCE)).isTrue();
    }

    private List<ModelInfo> models(ProviderType type, Duration timeout) {
        try (Provider provider = Providers.builder(type, "upstream")
                .endpoint(sim.uri().toString())
                .apiKey("k-1")
                .build()) {
            return provider.models(timeout);
        }
    }

    private static MockResponse json(String body) {
        return new MockResponse(200, Headers.of("content-type", "application/json"), body);
    }
}
