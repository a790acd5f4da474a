package dev.llmgateway.server.management;

import dev.llmgateway.api.json.Values;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.resilience.circuit.CircuitSnapshot;
import dev.llmgateway.resilience.circuit.ProviderCircuits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How a provider is trusted, as members of the provider's JSON. */
final class CircuitJson {

    /** The open ones come first; the rest is found in the metrics. */
    private static final int MOST = 100;

    private CircuitJson() {}

    static void write(JsonWriter json, ProviderCircuits circuits, Instant now) {
        json.array("circuits");
        circuits.models().stream().limit(MOST).forEach(model -> write(json, model, now));
        json.endArray().array("circuit_changes");
        for (ProviderCircuits.Change change : circuits.changes()) {
            json.object()
                    .text("at", moment(change.at()))
                    .text("model", change.model())
                    .text("from", change.from().word())
                    .text("to", change.to().word())
                    .text("reason", change.reason())
                    .endObject();
        }
        json.endArray();
        Duration cooling = circuits.coolingDown();
        Values.count(json, "cooling_down_secs", cooling.isZero() ? null : seconds(cooling));
    }

    private static void write(JsonWriter json, ProviderCircuits.Model model, Instant now) {
        CircuitSnapshot circuit = model.circuit();
        Duration age = circuit.age();
        json.object()
                .text("model", model.model())
                .text("state", circuit.state().word())
                .number("failures", circuit.failures())
                .number("probes", circuit.probes());
        json.textOrNull("since", age == null ? null : moment(now.minus(age)))
                .textOrNull("last_failure", circuit.reason());
        Values.count(json, "retry_after_secs", circuit.retryAfter().isZero() ? null : seconds(circuit.retryAfter()));
        json.endObject();
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Rounded up: who waits so long has waited long enough. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
