package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.Elimination;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Layer;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.RoutingDecision;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why no model may serve a request, and what would help. */
final class WhyNot {

    /** As many models are told by name to those who named none. */
    private static final int MOST_TOLD = 10;

    private final Requirements needs;
    private final List<Elimination> out;
    /** What begins the sentence when the caller named a model; null when it named none. */
    private final @Nullable String named;

    private final String help;

    private WhyNot(Requirements needs, List<Elimination> out, @Nullable String named, String help) {
        this.needs = needs;
        this.out = out;
        this.named = named;
        this.help = help;
    }

    /** No model that the caller named may serve the request. */
    static Refusal named(RoutingQuery query, List<LayerTrace> layers, List<Survivor> others) {
        LayerTrace last = lastToEliminate(layers);
        Elimination first = last.eliminated().getFirst();
        Candidate candidate = first.candidate();
        String named = "the model \"" + candidate.model() + "\" at " + candidate.provider()
                + " cannot be used, by the layer " + last.layer().word() + ": " + first.sentence() + ".";
        return new WhyNot(query.requirements(), last.eliminated(), named, alternatives(others)).of(last.layer());
    }

    /** No model at all may serve the request. */
    static Refusal anybody(RoutingQuery query, List<LayerTrace> layers) {
        if (layers.getFirst().in() == 0) {
            return new Refusal.UnknownModel("no configured provider has a model that the catalog knows: name one as"
                    + " provider/model, or add a provider or a card");
        }
        LayerTrace last = lastToEliminate(layers);
        return new WhyNot(query.requirements(), last.eliminated(), null, "").of(last.layer());
    }

    /** The decision for a call for vectors, of which the caller must choose the model, and has to stay with it. */
    static RoutingDecision unlessNamed(RoutingDecision decision) {
        if (decision.resolution().match() != Match.AUTO || decision.refusal() != null) {
            return decision;
        }
        String models = Stream.concat(
                        decision.chain().stream().map(ChainStep::candidate),
                        decision.ranking().stream().map(Ranked::candidate))
                .map(Candidate::card)
                .distinct()
                .limit(MOST_TOLD)
                .collect(Collectors.joining(", "));
        return decision.refused(new Refusal.Incapable(
                "name the model that is to make the embeddings: those of different models cannot be compared, so none is"
                        + " chosen here. Models that can serve it: " + models + ".",
                null));
    }

    private Refusal of(Layer layer) {
        return switch (layer) {
            case AVAILABILITY -> notAvailable();
            case CLASSIFICATION -> notAuthorised();
            case CAPABILITY -> notCapable();
            case COST -> tooDear();
            case QUALITY, LATENCY -> throw new IllegalStateException("the layer " + layer.word() + " refuses nobody");
        };
    }

    private Refusal notAvailable() {
        if (named == null) {
            return new Refusal.UnknownModel(
                    "no configured provider has a model that is in service and chats: " + reasons());
        }
        Reason reason = out.getFirst().reason();
        if (reason instanceof Reason.NoChat) {
            return new Refusal.Incapable(named + help, null);
        }
        return new Refusal.RetiredModel(named + help, reason instanceof Reason.Retired retired ? retired.on() : null);
    }

    private Refusal notAuthorised() {
        String level = needs.classification().word();
        return new Refusal.NotAuthorised(sentence(
                "no model is authorised for " + level + " data.",
                " An operator authorises one by max_classification of its provider or classifications of its card."));
    }

    private Refusal notCapable() {
        double largest = greatest(reason -> reason instanceof Reason.WindowTooSmall small ? small.window() : -1);
        if (largest >= 0) {
            return tooLong((long) largest);
        }
        double longest = greatest(reason -> reason instanceof Reason.OutputTooShort tooShort ? tooShort.limit() : -1);
        if (longest >= 0) {
            return new Refusal.Incapable(
                    "no model that can do the rest writes the " + needs.requestedOutputTokens()
                            + " output tokens asked for; the longest answer is of " + (long) longest
                            + ": ask for no more",
                    null);
        }
        Capability missing = missing();
        return new Refusal.Incapable(
                sentence("no model can do all that the request needs: " + reasons() + ".", advice(missing)), missing);
    }

    private Refusal tooLong(long largest) {
        Integer output = needs.requestedOutputTokens();
        String asked = output == null ? "" : " and an answer of up to " + output;
        return new Refusal.TooLong(
                sentence(
                        "a prompt of about " + needs.promptTokens() + " tokens" + asked
                                + " does not fit; of the models that can do the rest, the largest context window holds "
                                + largest
                                + " tokens.",
                        " Shorten the prompt" + (output == null ? "." : " or ask for fewer output tokens.")),
                largest);
    }

    private Refusal tooDear() {
        String why = out.stream()
                .map(Elimination::reason)
                .filter(Reason.TooDear.class::isInstance)
                .map(Reason.TooDear.class::cast)
                .min(Comparator.comparingDouble(Reason.TooDear::cost))
                .map(cheapest -> "the cheapest model that could serve the request " + cheapest.sentence() + ".")
                .orElse("no model that could serve the request has a known price, and there is a cost ceiling.");
        return new Refusal.TooDear(sentence(why, " Raise the ceiling, or ask for less."));
    }

    private String sentence(String anybody, String advice) {
        return named == null ? anybody + advice : named + advice + help;
    }

    private static String advice(Capability missing) {
        return missing == Capability.EMBEDDINGS
                ? " Name a model that makes embeddings."
                : " Leave out what needs " + missing.word() + ", or add a model that has it.";
    }

    private Capability missing() {
        for (Elimination elimination : out) {
            if (elimination.reason() instanceof Reason.Lacks lacks) {
                return lacks.capability();
            }
        }
        throw new IllegalStateException("nobody lacks anything");
    }

    private double greatest(ToDoubleFunction<Reason> figure) {
        return out.stream()
                .mapToDouble(elimination -> figure.applyAsDouble(elimination.reason()))
                .max()
                .orElseThrow();
    }

    /** A few of those that came nearest, with what they lack. */
    private String reasons() {
        return out.stream()
                .limit(3)
                .map(elimination -> elimination.candidate() + " " + elimination.sentence())
                .collect(Collectors.joining("; "));
    }

    private static String alternatives(List<Survivor> others) {
        return others.isEmpty()
                ? ""
                : " Models that can serve it: "
                        + others.stream()
                                .map(survivor -> survivor.candidate().card())
                                .distinct()
                                .limit(3)
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static LayerTrace lastToEliminate(List<LayerTrace> layers) {
        return layers.stream()
                .filter(layer -> layer.in() > 0 && layer.out() == 0)
                .findFirst()
                .orElseThrow();
    }
}
