package dev.llmgateway.api.routing;

import static dev.llmgateway.api.routing.LatencyTolerance.BACKGROUND;
import static dev.llmgateway.api.routing.LatencyTolerance.FLEXIBLE;
import static dev.llmgateway.api.routing.LatencyTolerance.INTERACTIVE;
import static dev.llmgateway.api.routing.ScoreKind.ARENA;
import static dev.llmgateway.api.routing.ScoreKind.CLASSIFICATION;
import static dev.llmgateway.api.routing.ScoreKind.CODING;
import static dev.llmgateway.api.routing.ScoreKind.DOCUMENT;
import static dev.llmgateway.api.routing.ScoreKind.INSTRUCTION;
import static dev.llmgateway.api.routing.ScoreKind.REASONING;
import static dev.llmgateway.api.routing.Weight.HIGH;
import static dev.llmgateway.api.routing.Weight.LOW;
import static dev.llmgateway.api.routing.Weight.MEDIUM;
import static dev.llmgateway.api.routing.Weight.VERY_HIGH;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How quality, cost and latency are weighed against each other. Immutable.
 *
 * @param name as the header {@code x-routing-profile} spells it
 * @param bestFor the work it suits, for people
 * @param qualityWeight how much quality counts, 0..1
 * @param costWeight how much a low cost counts, 0..1
 * @param latency how long the first token may take
 * @param scoreWeights which scores make up the quality, and how much each counts, {@value #LEAST_SCORE_WEIGHT} to
 *     {@value #MOST_SCORE_WEIGHT}; never empty
 * @param required what a model must be able to do even when the request does not use it
 * @param prefersThinking whether models with extended thinking come before the others
 */
public record RoutingProfile(
        String name,
        String bestFor,
        double qualityWeight,
        double costWeight,
        LatencyTolerance latency,
        Map<ScoreKind, Double> scoreWeights,
        Set<Capability> required,
        boolean prefersThinking) {

    /** Weights of scores count relative to each other; those that are further apart would say nothing, or overflow. */
    public static final double LEAST_SCORE_WEIGHT = 0.001;

    public static final double MOST_SCORE_WEIGHT = 1000;

    private static final Map<ScoreKind, Double> ALL_ALIKE =
            Map.of(CODING, 1.0, REASONING, 1.0, INSTRUCTION, 1.0, DOCUMENT, 1.0, CLASSIFICATION, 1.0, ARENA, 1.0);

    public static final RoutingProfile REALTIME = profile(
            "realtime",
            "Autocomplete, inline suggestions, chat with sub-second response",
            MEDIUM,
            LOW,
            LatencyTolerance.REALTIME,
            Map.of(INSTRUCTION, 2.0, ARENA, 1.0));
    public static final RoutingProfile INTERACTIVE_CHAT = profile(
            "interactive",
            "Standard chat, Q&A, moderate-complexity tasks",
            HIGH,
            MEDIUM,
            INTERACTIVE,
            Map.of(ARENA, 2.0, INSTRUCTION, 2.0, REASONING, 1.0));
    public static final RoutingProfile BATCH = profile(
            "batch",
            "Bulk processing, data extraction, overnight jobs",
            MEDIUM,
            HIGH,
            BACKGROUND,
            Map.of(CLASSIFICATION, 2.0, DOCUMENT, 2.0, INSTRUCTION, 1.0));
    public static final RoutingProfile COST_OPTIMIZED =
            profile("cost_optimized", "High-volume, cost-sensitive workloads", LOW, VERY_HIGH, FLEXIBLE, ALL_ALIKE);
    public static final RoutingProfile QUALITY_OPTIMIZED = profile(
            "quality_optimized",
            "Complex reasoning, legal/medical analysis, critical outputs",
            VERY_HIGH,
            LOW,
            BACKGROUND,
            ALL_ALIKE);
    /** The profile of a call that names none. */
    public static final RoutingProfile BALANCED =
            profile("balanced", "General-purpose default", HIGH, MEDIUM, INTERACTIVE, ALL_ALIKE);

    public static final RoutingProfile REASONING_FIRST = new RoutingProfile(
            "reasoning",
            "Math, logic, multi-step reasoning (prefers extended thinking)",
            VERY_HIGH.value(),
            LOW.value(),
            BACKGROUND,
            Map.of(REASONING, 1.0),
            Set.of(),
            true);
    public static final RoutingProfile CREATIVE = profile(
            "creative",
            "Writing, brainstorming, content generation",
            HIGH,
            MEDIUM,
            INTERACTIVE,
            Map.of(ARENA, 2.0, INSTRUCTION, 1.0, DOCUMENT, 1.0));
    public static final RoutingProfile CODE =
            profile("code", "Code generation, review, debugging", VERY_HIGH, MEDIUM, INTERACTIVE, Map.of(CODING, 1.0));

    private static final List<RoutingProfile> ALL = List.of(
            REALTIME,
            INTERACTIVE_CHAT,
            BATCH,
            COST_OPTIMIZED,
            QUALITY_OPTIMIZED,
            BALANCED,
            REASONING_FIRST,
            CREATIVE,
            CODE);

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when a weight is out of its range or there is no score weight
     */
    public RoutingProfile {
        requireWeight("qualityWeight", qualityWeight);
        requireWeight("costWeight", costWeight);
        if (scoreWeights.isEmpty() || !scoreWeights.values().stream().allMatch(RoutingProfile::isScoreWeight)) {
            throw new IllegalArgumentException("scoreWeights are " + scoreWeights
                    + ": at least one is needed, and each must be from " + LEAST_SCORE_WEIGHT + " to "
                    + MOST_SCORE_WEIGHT);
        }
        scoreWeights = Collections.unmodifiableMap(new EnumMap<>(scoreWeights));
        required = Set.copyOf(required);
    }

    private static boolean isScoreWeight(double weight) {
        return weight >= LEAST_SCORE_WEIGHT && weight <= MOST_SCORE_WEIGHT;
    }

    /** The nine profiles that have a name, in the order of the manual. */
    public static List<RoutingProfile> all() {
        return ALL;
    }

    /** The profile of this name, or empty. */
    public static Optional<RoutingProfile> named(String name) {
        return ALL.stream()
                .filter(profile -> profile.name.equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    private static RoutingProfile profile(
            String name,
            String bestFor,
            Weight quality,
            Weight cost,
            LatencyTolerance latency,
            Map<ScoreKind, Double> scores) {
        return new RoutingProfile(name, bestFor, quality.value(), cost.value(), latency, scores, Set.of(), false);
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException(name + " is " + weight + ": it must be from 0 to 1");
        }
    }

    /**
     * Tells this profile from others of any name, in this process and for as long as it runs; much quicker than
     * {@link #toString}.
     */
    public String key() {
        return name + '#' + hashCode();
    }
}
