package dev.llmgateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.providers.Providers;
import dev.llmgateway.telemetry.ModelLabels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundedLabelsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, Prices.UNKNOWN);
    private final List<GatewayListener> listeners = List.of(
            new GatewayMetrics(meters, error -> 500),
            new CircuitMetrics(meters, (provider, model) -> CircuitState.OPEN),
            new QuotaMetrics(meters, provider -> 0.5),
            new HedgeMetrics(meters),
            new ConnectionMetrics(meters));

    @Test
    void whateverCallersInventTheRegistryStaysSmall() {
        try (Provider provider = Providers.local("local", "http://127.0.0.1:1/v1")) {
            calls(provider, 0, 1_000);
            int afterSome = registry.getMeters().size();
            calls(provider, 1_000, 100_000);

            assertThat(registry.getMeters()).hasSize(afterSome).hasSizeLessThan(600);
        }
    }

    @Test
    void aNameWithASecretGetsNoLabelAndOneThatHasALabelIsLookedAtOnce() {
        List<String> looked = new ArrayList<>();
        ModelLabels labels = new ModelLabels(Prices.UNKNOWN, name -> {
            looked.add(name);
            return name.replace("secret", "***");
        });

        assertThat(labels.ofAnswering("a", "my-secret")).isEqualTo(ModelLabels.OTHER);
        assertThat(labels.withoutSecrets("a", "my-secret")).isEqualTo("my-***");
        looked.clear();
        assertThat(labels.ofAnswering("a", "mine")).isEqualTo("mine");
        assertThat(labels.ofAnswering("a", "mine")).isEqualTo("mine");
        assertThat(labels.withoutSecrets("a", "mine")).isEqualTo("mine");
        assertThat(looked).containsExactly("mine");
    }

    private void calls(Provider provider, int from, int to) {
        for (int i = from; i < to; i++) {
            String name = "invented-" + i;
            Exchange exchange = exchange(name);
            Attempt attempt = new Attempt(exchange, new RouteTarget(provider, name), new Cancellation());
            Outcome outcome = i % 2 == 0 ? answered(name) : failed();
            for (GatewayListener listener : listeners) {
                listener.callStarted(exchange);
                listener.attemptStarted(attempt);
                listener.attemptFailed(attempt, new TimedOut("late", false), null);
                listener.retrying(attempt, new TimedOut("late", false), Duration.ZERO);
                listener.circuitChanged(attempt, CircuitState.CLOSED, CircuitState.OPEN, "late");
                listener.attemptCommitted(attempt, Duration.ofMillis(1));
                listener.attemptDiscarded(attempt, new Charge(Usage.of(1, 1), true));
                listener.callEnded(exchange, outcome);
            }
        }
    }

    private static Exchange exchange(String name) {
        ChatRequest request = ChatRequest.builder(name).user("Hello!").build();
        CallOptions options = CallOptions.builder()
                .caller(new Caller("tenant of " + name, null, provider -> null))
                .labels(new CallLabels(Dialect.OPENAI_CHAT, "source of " + name, "project of " + name))
                .build();
        return new Exchange("req of " + name, request, options, 0, 0);
    }

    private static Outcome answered(String model) {
        Duration time = Duration.ofMillis(1);
        return new Outcome.Completed(new AnswerSummary(
                new Origin("local", model, List.of()),
                Usage.of(1, 1),
                new Charge(Usage.of(1, 1), false),
                List.of(),
                null,
                time,
                time));
    }

    private static Outcome failed() {
        return new Outcome.Failed(AnswerSummary.nothing(Duration.ZERO), new TimedOut("late", true));
    }
}
