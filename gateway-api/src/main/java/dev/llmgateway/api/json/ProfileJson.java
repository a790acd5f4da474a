package dev.llmgateway.api.json;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.Weight;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routing profiles as JSON. */
public final class ProfileJson {

    private ProfileJson() {}

    /** The answer of {@code GET /v1/routing-profiles}: all profiles that have a name, and which one is the default. */
    public static byte[] all() {
        JsonWriter json = new JsonWriter(4096)
                .object()
                .text("default", RoutingProfile.BALANCED.name())
                .array("profiles");
        for (RoutingProfile profile : RoutingProfile.all()) {
            json.object();
            members(json, profile);
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    /** Writes the members of a profile into the object that is open. */
    public static void members(JsonWriter json, RoutingProfile profile) {
        json.text("name", profile.name()).text("best_for", profile.bestFor());
        weight(json, "quality_weight", profile.qualityWeight());
        weight(json, "cost_weight", profile.costWeight());
        json.text("latency_tolerance", profile.latency().word());
        Duration limit = profile.latency().limit();
        Values.count(json, "max_ttft_ms", limit == null ? null : limit.toMillis());
        json.object("score_weights");
        profile.scoreWeights().forEach((kind, weight) -> json.number(kind.word(), weight));
        json.endObject();
        Values.texts(
                json,
                "required_capabilities",
                profile.required().stream().sorted().map(Capability::word).toList());
        json.bool("prefers_thinking", profile.prefersThinking());
    }

    /** The number, and beside it the word for it if it has one. */
    private static void weight(JsonWriter json, String name, double value) {
        json.number(name, value).textOrNull(name + "_word", word(value));
    }

    private static @Nullable String word(double value) {
        return Stream.of(Weight.values())
                .filter(weight -> weight.value() == value)
                .map(Weight::word)
                .findFirst()
                .orElse(null);
    }
}
