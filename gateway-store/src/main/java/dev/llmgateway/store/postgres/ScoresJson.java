package dev.llmgateway.store.postgres;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.quality.Scores.Confidence;
import dev.llmgateway.api.quality.Scores.Score;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Scores as they are kept: {@code {"coding": {"value": 0.9, "source": "operator"}}}. What was written is read again exactly. */
final class ScoresJson {

    private ScoresJson() {}

    static String write(Scores scores) {
        JsonWriter json = new JsonWriter().object();
        scores.byKind()
                .forEach((kind, score) -> json.object(kind.word())
                        .number("value", score.value())
                        .text("source", score.source())
                        .optional("raw", score.raw())
                        .optional("method", score.method())
                        .optional(
                                "confidence",
                                score.confidence() == null
                                        ? null
                                        : score.confidence().word())
                        .endObject());
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }

    /** Kinds that are not known any more are passed over. */
    static Scores read(String text) {
        JsonNode json = Json.parse(text);
        Map<ScoreKind, Score> scores = new EnumMap<>(ScoreKind.class);
        for (ScoreKind kind : ScoreKind.values()) {
            JsonNode score = json.get(kind.word());
            if (score != null) {
                scores.put(kind, score(score));
            }
        }
        return new Scores(scores);
    }

    private static Score score(JsonNode score) {
        JsonNode raw = score.get("raw");
        String confidence = text(score, "confidence");
        return new Score(
                score.get("value").doubleValue(),
                score.get("source").stringValue(),
                raw == null ? null : raw.doubleValue(),
                text(score, "method"),
                confidence == null ? null : Confidence.valueOf(confidence.toUpperCase(Locale.ROOT)));
    }

    private static @Nullable String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value == null ? null : value.stringValue();
    }
}
