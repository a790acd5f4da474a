package dev.llmgateway.providers;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls for tests, and what comes of them. */
final class TestCalls {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestCalls() {}

    static ChatRequest request(String model, String text) {
        return ChatRequest.builder(model).user(text).maxOutputTokens(200).build();
    }

    static ProviderCall unary(String text) {
        return call(request("sim-large", text));
    }

    static ProviderCall streaming(String text) {
        return call(request("sim-large", text).withStream(true));
    }

    static ProviderCall call(ChatRequest request) {
        return call(request, Map.of());
    }

    static ProviderCall call(ChatRequest request, Map<String, String> headers) {
        return new ProviderCall(request, request.model(), headers, new Cancellation());
    }

    /** A call with a tenant's own key. */
    static ProviderCall withKey(ChatRequest request, String key) {
        return new ProviderCall(request, request.model(), Map.of(), key, limits -> {}, null, new Cancellation());
    }

    static List<ChatEvent> drain(ChatStream stream) {
        List<ChatEvent> events = new ArrayList<>();
        try (stream) {
            stream.forEach(events::add);
        }
        return events;
    }

    /** A recorded answer of the test data. */
    static byte[] fixture(String name) {
        try (@Nullable InputStream in = TestCalls.class.getResourceAsStream("/fixtures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
