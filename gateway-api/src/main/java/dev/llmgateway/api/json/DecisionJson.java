package dev.llmgateway.api.json;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Layer;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one rendering of a routing decision as JSON, wherever one is shown. Members are always there, null when there is
 * nothing to say. Names of members and words do not change; sentences may.
 */
public final class DecisionJson {

    private static final int USUAL_BYTES = 16 * 1024;

    private static final double NANOS_PER_MICRO = 1_000;

    private DecisionJson() {}

    /** The decision as one JSON object. */
    public static byte[] toBytes(RoutingDecision decision) {
        JsonWriter json = new JsonWriter(USUAL_BYTES);
        write(json, decision);
        return json.toBytes();
    }

    /** Writes the decision as the next value: the root, or an array's next element. */
    public static void write(JsonWriter json, RoutingDecision decision) {
        json.object().text("model", decision.resolution().asked());
        resolution(json, decision.resolution());
        json.object("profile");
        ProfileJson.members(json, decision.profile());
        json.endObject();
        requirements(json, decision.requirements());
        json.number("catalog_version", decision.catalogVersion());
        json.array("layers");
        decision.layers().forEach(layer -> layer(json, layer));
        json.endArray();
        ranking(json, decision.ranking());
        chain(json, decision.chain());
        error(json, decision.refusal());
        json.text("summary", decision.summary()).endObject();
    }

    private static void resolution(JsonWriter json, Resolution resolution) {
        json.object("resolution").text("asked", resolution.asked());
        json.textOrNull("alias", resolution.alias());
        json.text("model", resolution.model()).text("match", resolution.match().word());
        Resolution.Retirement retirement = resolution.retirement();
        if (retirement == null) {
            json.nothing("retirement");
        } else {
            json.object("retirement").text("model", retirement.model());
            Values.text(json, "sunset", retirement.sunset());
            json.textOrNull("replacement", retirement.replacement())
                    .bool("in_effect", retirement.inEffect())
                    .endObject();
        }
        json.endObject();
    }

    private static void requirements(JsonWriter json, Requirements needs) {
        json.object("requirements")
                .text("data_classification", needs.classification().word());
        levelSource(json, needs.levelSource());
        Values.texts(
                json,
                "capabilities",
                needs.capabilities().stream().sorted().map(Capability::word).toList());
        json.number("prompt_tokens", needs.promptTokens());
        Values.count(json, "max_output_tokens", needs.requestedOutputTokens());
        Values.number(json, "max_cost", needs.maxCost());
        json.endObject();
    }

    private static void levelSource(JsonWriter json, LevelSource source) {
        json.text("classification_source", source.word());
        if (source instanceof LevelSource.Marking marking) {
            json.object("raised_by_marking")
                    .text("from", marking.before().word())
                    .text("rule", marking.rule())
                    .endObject();
        } else {
            json.nothing("raised_by_marking");
        }
    }

    private static void layer(JsonWriter json, LayerTrace layer) {
        json.object()
                .text("layer", layer.layer().word())
                .text("name", name(layer.layer()))
                .number("in", layer.in())
                .number("out", layer.out())
                .array("eliminated");
        for (Elimination elimination : layer.eliminated()) {
            json.object();
            candidate(json, elimination.candidate());
            json.text("code", code(elimination.reason()))
                    .text("reason", elimination.sentence())
                    .endObject();
        }
        json.endArray().number("duration_us", layer.nanos() / NANOS_PER_MICRO).endObject();
    }

    private static void ranking(JsonWriter json, List<Ranked> ranking) {
        json.array("ranking");
        int rank = 0;
        for (Ranked ranked : ranking) {
            rank++;
            json.object().number("rank", rank);
            candidate(json, ranked.candidate());
            Values.figure(json, "score", ranked.score());
            Values.figure(json, "quality", ranked.quality());
            Values.figure(json, "cost_score", ranked.costScore());
            Values.figure(json, "estimated_cost_usd", ranked.estimatedCost());
            boolean isTimed = ranked.ttftMillis() != Ranked.UNKNOWN;
            Values.count(json, "ttft_ms", isTimed ? ranked.ttftMillis() : null);
            json.textOrNull("ttft_source", !isTimed ? null : ranked.ttftLive() ? "live" : "card")
                    .textOrNull("strained", ranked.strained())
                    .textOrNull("leaves_out", ranked.leavesOut())
                    .endObject();
        }
        json.endArray();
    }

    private static void chain(JsonWriter json, List<ChainStep> chain) {
        json.array("chain");
        int rank = 0;
        for (ChainStep step : chain) {
            rank++;
            json.object().number("rank", rank);
            candidate(json, step.candidate());
            json.text("why", step.why().word())
                    .textOrNull(
                            "dialect",
                            step.dialect() == null ? null : step.dialect().label())
                    .textOrNull("leaves_out", step.leavesOut())
                    .endObject();
        }
        json.endArray();
    }

    private static void candidate(JsonWriter json, Candidate candidate) {
        json.text("model", candidate.card())
                .text("provider", candidate.provider())
                .text("wire_model", candidate.model())
                .text("name", candidate.name());
    }

    /** What a call would be answered with instead. */
    private static void error(JsonWriter json, @Nullable Refusal refusal) {
        if (refusal == null) {
            json.nothing("error");
            return;
        }
        json.object("error")
                .number("status", status(refusal))
                .text("code", code(refusal))
                .text("message", refusal.sentence())
                .endObject();
    }

    private static int status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownModel unknown -> 404;
            case Refusal.RetiredModel retired -> 410;
            case Refusal.NotAuthorised forbidden -> 403;
            case Refusal.Incapable incapable -> 400;
            case Refusal.TooLong tooLong -> 413;
            case Refusal.TooDear tooDear -> 402;
            case Refusal.Unavailable now -> now.cause() == TargetState.Cause.CIRCUIT_OPEN ? 503 : 429;
        };
    }

    private static String code(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownModel unknown -> "model_not_found";
            case Refusal.RetiredModel retired -> "model_retired";
            case Refusal.NotAuthorised forbidden -> "data_classification";
            case Refusal.Incapable incapable -> "lacks_capability";
            case Refusal.TooLong tooLong -> "context_length_exceeded";
            case Refusal.TooDear tooDear -> "budget_exceeded";
            case Refusal.Unavailable now -> now.cause().word();
        };
    }

    private static String code(Reason reason) {
        return switch (reason) {
            case Reason.Retired retired -> "retired";
            case Reason.Delisted delisted -> "delisted";
            case Reason.Unavailable now -> now.state().cause().word();
            case Reason.NoChat noChat -> "no_chat";
            case Reason.NotAuthorised forbidden -> "data_classification";
            case Reason.Lacks lacks -> "lacks_" + lacks.capability().word();
            case Reason.WindowTooSmall window -> "context_window";
            case Reason.OutputTooShort output -> "max_output_tokens";
            case Reason.TooDear dear -> "too_dear";
            case Reason.PriceUnknown unknown -> "price_unknown";
            case Reason.TooSlow slow -> "too_slow";
        };
    }

    /** The layer's name as the manual has it. */
    private static String name(Layer layer) {
        return switch (layer) {
            case AVAILABILITY -> "Availability";
            case CLASSIFICATION -> "Data Classification Filter";
            case CAPABILITY -> "Capability Filter";
            case QUALITY -> "Quality Scoring";
            case COST -> "Cost Scoring";
            case LATENCY -> "Latency Filter";
        };
    }
}
