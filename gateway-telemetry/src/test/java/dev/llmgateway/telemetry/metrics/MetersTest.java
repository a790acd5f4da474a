package dev.llmgateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.providers.simulated.Reply;
import dev.llmgateway.providers.simulated.SimulatedProvider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway within an application, and the application's own registry. */
final class MetersTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("gpt-5.4").user("Hello!").build();

    private final SimulatedProvider upstream = SimulatedProvider.start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Gateway gateway = new Meters(registry)
            .watch(Gateway.builder().provider(Providers.local("local", upstream.uri() + "/v1")))
            .build();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private double counted(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double shown(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void callsTokensAndTimesAreCountedInAnyRegistry() {
        gateway.chat(REQUEST);

        assertThat(counted("gateway.requests", "provider", "local", "model", "gpt-5.4", "status", "200"))
                .isEqualTo(1);
        assertThat(counted("gateway.tokens", "direction", "output", "provider", "local"))
                .isPositive();
        assertThat(registry.get("gateway.request.duration").timer().count()).isEqualTo(1);
        assertThat(registry.get("gateway.first.token").timer().count()).isEqualTo(1);
    }

    @Test
    void failedTriesAreCountedByWhatFailed() {
        upstream.enqueue(Reply.failure(500));
        try {
            gateway.chat(REQUEST);
        } catch (GatewayException.ProviderFailed expected) {
            // Counted.
        }

        assertThat(registry.get("gateway.attempt.failures")
                        .tag("provider", "local")
                        .counter()
                        .getId()
                        .getTag("error"))
                .startsWith("provider_");
        assertThat(counted("gateway.requests", "provider", "local", "status", "500"))
                .isEqualTo(1);
    }

    @Test
    void callsInProgressAndTheirConnectionsAreShown() {
        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThat(shown("gateway.calls.in.progress")).isEqualTo(1);
            assertThat(shown("gateway.provider.connections", "provider", "local", "state", "active"))
                    .isEqualTo(1);
            stream.collect();
        }

        assertThat(shown("gateway.calls.in.progress")).isZero();
        assertThat(shown("gateway.provider.connections", "provider", "local", "state", "active"))
                .isZero();
        assertThat(shown("gateway.provider.connections", "provider", "local", "state", "idle"))
                .isEqualTo(1);
    }
}
