package dev.llmgateway.server.management;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.LatencyTolerance;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.api.routing.Weight;
import dev.llmgateway.ir.codec.ShownModel;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a dry run without a prompt asks for.
 *
 * @param model a name as in a request
 * @param options the profile, with whatever of it the caller changed
 */
record ExplicitRequirements(String model, Requirements requirements, RoutingOptions options) {

    /** The name of a profile that differs from those that have one. */
    private static final String CUSTOM = "custom";

    /** More tokens than any prompt has, and few enough to add up. */
    private static final long MOST_TOKENS = Integer.MAX_VALUE;

    /** Reads the body. What it leaves out is as the headers say, and then as in the balanced profile. */
    static ExplicitRequirements read(Members members, RoutingOptions headers) {
        String model = members.text("model");
        RoutingOptions named = RoutingWords.profile(members, RoutingWords.classification(members, headers));
        RoutingProfile profile = profile(members, named.profile());
        Requirements requirements = requirements(members, named, profile);
        members.requireNoOthers();
        return new ExplicitRequirements(
                model == null ? ShownModel.AUTO : model, requirements, named.withProfile(profile));
    }

    private static Requirements requirements(Members members, RoutingOptions options, RoutingProfile profile) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(profile.required());
        capabilities.addAll(members.words("required_capabilities", List.of(Capability.values()), Capability::word));
        Long prompt = members.count("prompt_tokens", MOST_TOKENS);
        Long output = members.count("max_output_tokens", MOST_TOKENS);
        Double maxCost = members.dollars("max_cost");
        return new Requirements(
                options.classification(),
                options.levelSource(),
                capabilities,
                prompt == null ? 0 : prompt,
                output == null ? null : output.intValue(),
                maxCost == null ? options.maxCost() : maxCost);
    }

    private static RoutingProfile profile(Members members, RoutingProfile base) {
        Double quality = weight(members, "quality_weight");
        Double cost = weight(members, "cost_weight");
        LatencyTolerance latency =
                members.word("latency_tolerance", List.of(LatencyTolerance.values()), LatencyTolerance::word);
        Boolean thinking = thinking(members);
        Map<ScoreKind, Double> scores = scoreWeights(members);
        if (Stream.of(quality, cost, latency, thinking, scores).allMatch(changed -> changed == null)) {
            return base;
        }
        return new RoutingProfile(
                CUSTOM,
                "As asked for; what is left out is as in " + base.name(),
                quality == null ? base.qualityWeight() : quality,
                cost == null ? base.costWeight() : cost,
                latency == null ? base.latency() : latency,
                scores == null ? base.scoreWeights() : scores,
                base.required(),
                thinking == null ? base.prefersThinking() : thinking);
    }

    /** Two names for one thing: the profile's own, and the simulator's. */
    private static @Nullable Boolean thinking(Members members) {
        Boolean prefers = members.flag("prefer_thinking");
        Boolean reasoning = members.flag("reasoning");
        if (prefers != null && reasoning != null) {
            throw members.wrong("reasoning", "is another name for prefer_thinking: send one of them");
        }
        return prefers == null ? reasoning : prefers;
    }

    /** A word of the manual or a number. */
    private static @Nullable Double weight(Members members, String name) {
        JsonNode value = members.node(name);
        if (value == null) {
            return null;
        }
        Double number = Members.finite(value);
        if (number != null && number >= 0 && number <= 1) {
            return number;
        }
        return Stream.of(Weight.values())
                .filter(weight -> value.isString() && weight.word().equalsIgnoreCase(value.stringValue()))
                .findFirst()
                .map(Weight::value)
                .orElseThrow(() -> members.wrong(
                        name,
                        "must be a number from 0 to 1, or one of "
                                + Stream.of(Weight.values()).map(Weight::word).collect(Collectors.joining(", "))));
    }

    private static @Nullable Map<ScoreKind, Double> scoreWeights(Members members) {
        Members asked = members.object("score_weights");
        if (asked == null) {
            return null;
        }
        Map<ScoreKind, Double> weights = new EnumMap<>(ScoreKind.class);
        for (ScoreKind kind : ScoreKind.values()) {
            JsonNode value = asked.node(kind.word());
            if (value != null) {
                weights.put(kind, scoreWeight(asked, kind, value));
            }
        }
        asked.requireNoOthers();
        if (weights.isEmpty()) {
            throw members.wrong(
                    "score_weights",
                    "must name at least one of "
                            + Stream.of(ScoreKind.values()).map(ScoreKind::word).collect(Collectors.joining(", ")));
        }
        return weights;
    }

    private static double scoreWeight(Members asked, ScoreKind kind, JsonNode value) {
        Double number = Members.finite(value);
        if (number == null || number < RoutingProfile.LEAST_SCORE_WEIGHT || number > RoutingProfile.MOST_SCORE_WEIGHT) {
            throw asked.wrong(
                    kind.word(), "must be a number from 0.001 to 1000; leave the score out to give it no weight");
        }
        return number;
    }
}
