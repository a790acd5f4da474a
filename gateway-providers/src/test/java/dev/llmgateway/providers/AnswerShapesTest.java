package dev.llmgateway.providers;

import static dev.llmgateway.providers.TestCalls.drain;
import static dev.llmgateway.providers.TestCalls.fixture;
import static dev.llmgateway.providers.TestCalls.streaming;
import static dev.llmgateway.providers.TestCalls.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are not of the kind that was asked for, and what is left of the connection after each kind. */
final class AnswerShapesTest {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void usesTheConnectionAgain(ProviderType type) throws Exception {
        try (Provider provider = provider(type)) {
            for (int i = 0; i < 3; i++) {
                askInEveryWay(type, provider);
            }
        }

        for (int i = 0; i < 9; i++) {
            assertThat(server.takeRequest().getConnectionIndex()).isZero();
        }
    }

    private void askInEveryWay(ProviderType type, Provider provider) {
        answer("application/json", whole(type));
        answer("text/event-stream", stream(type));
        server.enqueue(new MockResponse(429, Headers.of(), "{\"error\":{\"message\":\"slow down\"}}"));

        ProviderCall call = unary("hi");
        provider.open(call).collect();
        call.cancellation().cancel(new GatewayException.Cancelled("too late to matter"));
        provider.open(streaming("hi")).collect();
        assertThat(failure(provider, unary("hi"))).hasMessage("slow down");
    }

    @ParameterizedTest
    @EnumSource
    void understandsAStreamThatItDidNotAskFor(ProviderType type) {
        answer("text/event-stream", stream(type));

        try (Provider provider = provider(type)) {
            assertThat(provider.open(unary("hi")).collect().text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void understandsAStreamOfAnyContentType(ProviderType type) {
        answer("text/plain", stream(type));

        try (Provider provider = provider(type)) {
            assertThat(provider.open(streaming("hi")).collect().text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void understandsAWholeAnswerAlthoughItAskedForAStream(ProviderType type) {
        answer("application/octet-stream", whole(type));

        try (Provider provider = provider(type)) {
            assertThat(provider.open(streaming("hi")).collect().text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesAnErrorBehindASuccess(ProviderType type) {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}";
        server.enqueue(new MockResponse(200, Headers.of("content-type", "application/json"), error));

        try (Provider provider = provider(type)) {
            ProviderFailed failure = failure(provider, streaming("hi"));
            assertThat(failure.phase()).isEqualTo(Phase.REPORTED);
            assertThat(failure).hasMessage("busy");
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotFollowRedirects(ProviderType type) {
        server.enqueue(new MockResponse(307, Headers.of("location", "/elsewhere"), "{}"));

        try (Provider provider = provider(type)) {
            assertThat(failure(provider, unary("hi")).phase()).isEqualTo(Phase.NO_ANSWER);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private void answer(String contentType, byte[] body) {
        server.enqueue(new MockResponse.Builder()
                .addHeader("content-type", contentType)
                .chunkedBody(new Buffer().write(body), 1000)
                .build());
    }

    private Provider provider(ProviderType type) {
        return Providers.builder(type, "upstream")
                .endpoint(server.url("/").toString())
                .build();
    }

    private static byte[] stream(ProviderType type) {
        return fixture(
                type == ProviderType.ANTHROPIC ? "anthropic-text-stream.sse" : "openai-text-stream-cached-usage.sse");
    }

    private static byte[] whole(ProviderType type) {
        return fixture(type == ProviderType.ANTHROPIC ? "anthropic-max-tokens.json" : "openai-length.json");
    }

    private static ProviderFailed failure(Provider provider, ProviderCall call) {
        return catchThrowableOfType(ProviderFailed.class, () -> drain(provider.open(call)));
    }
}
