package dev.llmgateway.server.management;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.quality.Scores.Score;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.signals.ScoreChange;
import dev.llmgateway.routing.signals.ScoreHistory;
import dev.llmgateway.routing.signals.ScoreHistory.Changed;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The scores of models, as JSON: shown, changed, and taken back. Thread safe. */
public final class ModelScores {

    private static final String VERSION = "version";

    private final LiveCatalog catalog;
    private final ScoreHistory history;

    /** The scores of a catalog's models. */
    public ModelScores(LiveCatalog catalog, ScoreHistory history) {
        this.catalog = catalog;
        this.history = history;
    }

    /**
     * The scores of a model, and what they were.
     *
     * @throws ManagementRefusal when the catalog has no such card
     */
    public byte[] show(String modelId) {
        List<ScoreVersion> versions = history.versions(modelId);
        if (versions.isEmpty()) {
            throw unknown(modelId);
        }
        JsonWriter json = new JsonWriter().object().text("model_id", modelId);
        scores(json, "scores", versions.getLast().scores());
        history(json, versions);
        return json.endObject().toBytes();
    }

    /**
     * Changes the scores that the body names; the others stay.
     *
     * @throws ManagementRefusal when the catalog has no such card
     * @throws InvalidRequestFormatException when the body is not right
     */
    public byte[] update(String modelId, byte[] body) {
        requireKnown(modelId);
        Members members = Members.of(body);
        Map<ScoreKind, Double> figures = new EnumMap<>(ScoreKind.class);
        for (ScoreKind kind : ScoreKind.values()) {
            Double figure = members.number(member(kind), ScoreChange.highest(kind));
            if (figure != null) {
                figures.put(kind, figure);
            }
        }
        members.requireNoOthers();
        if (figures.isEmpty()) {
            String names =
                    Arrays.stream(ScoreKind.values()).map(ModelScores::member).collect(Collectors.joining(", "));
            throw new InvalidRequestFormatException(null, "name at least one of " + names);
        }
        return changed(modelId, history.update(modelId, new ScoreChange(figures)));
    }

    /**
     * Takes back the last update, or all since the {@code version} that the body names.
     *
     * @param body may be empty
     * @throws ManagementRefusal when the catalog has no such card
     * @throws InvalidRequestFormatException when the body is not right, or there is nothing to take back
     */
    public byte[] rollback(String modelId, byte[] body) {
        requireKnown(modelId);
        Members members = Members.ofOptional(body);
        Integer version = members.whole(VERSION, 1, Integer.MAX_VALUE);
        members.requireNoOthers();
        try {
            return changed(modelId, version == null ? history.rollback(modelId) : history.rollback(modelId, version));
        } catch (IllegalStateException e) {
            throw new InvalidRequestFormatException(version == null ? null : VERSION, String.valueOf(e.getMessage()));
        }
    }

    private byte[] changed(String modelId, Optional<Changed> change) {
        Changed changed = change.orElseThrow(() -> unknown(modelId));
        JsonWriter json = new JsonWriter().object().text("model_id", modelId);
        scores(json, "previous", changed.previous());
        scores(json, "updated", changed.current().scores());
        history(json, changed.versions());
        return json.endObject().toBytes();
    }

    private static void history(JsonWriter json, List<ScoreVersion> versions) {
        json.number(VERSION, versions.getLast().number()).array("history");
        for (ScoreVersion version : versions) {
            json.object()
                    .number(VERSION, version.number())
                    .text("at", version.at().toString())
                    .text("cause", version.cause().name().toLowerCase(Locale.ROOT))
                    .optional("restores", version.restores());
            scores(json, "scores", version.scores());
            json.endObject();
        }
        json.endArray();
    }

    private static void scores(JsonWriter json, String name, Scores scores) {
        json.object(name);
        for (ScoreKind kind : ScoreKind.values()) {
            Score score = scores.get(kind);
            if (score == null) {
                json.nothing(member(kind));
            } else {
                json.number(member(kind), figure(kind, score));
            }
        }
        json.endObject();
    }

    /** The figure as it may be set. */
    private static double figure(ScoreKind kind, Score score) {
        return kind == ScoreKind.ARENA ? score.elo() : score.value();
    }

    private static String member(ScoreKind kind) {
        return switch (kind) {
            case CODING -> "coding_score";
            case REASONING -> "reasoning_score";
            case INSTRUCTION -> "instruction_following";
            case DOCUMENT -> "document_score";
            case CLASSIFICATION -> "classification_score";
            case ARENA -> "arena_elo";
        };
    }

    private void requireKnown(String modelId) {
        if (catalog.snapshot().catalog().card(modelId) == null) {
            throw unknown(modelId);
        }
    }

    /** Says that the catalog has no such card, and which are near. */
    public ManagementRefusal unknown(String modelId) {
        return UnknownCard.refusal(catalog.snapshot().catalog(), modelId);
    }
}
