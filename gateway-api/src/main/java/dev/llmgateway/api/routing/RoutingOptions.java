package dev.llmgateway.api.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says about the choice of the model, beside its name. Immutable.
 *
 * @param profile how quality, cost and latency are weighed
 * @param classification how sensitive the prompt is
 * @param maxCost the most that the call may cost, in US dollars, at least 0; null for no limit of the caller's own
 * @param conversationId calls of one tenant with the same id stay with the same model; null when it does not matter
 */
public record RoutingOptions(
        RoutingProfile profile,
        DataClassification classification,
        @Nullable Double maxCost,
        @Nullable String conversationId) {

    /** Longer conversation ids are refused, so that what is remembered of each stays small. */
    public static final int LONGEST_CONVERSATION_ID = 256;

    private static final RoutingOptions DEFAULTS =
            new RoutingOptions(RoutingProfile.BALANCED, DataClassification.INTERNAL, null, null);

    /** @throws IllegalArgumentException when the cost is negative or no number, or the id is empty or too long */
    public RoutingOptions {
        if (maxCost != null && !(maxCost >= 0 && Double.isFinite(maxCost))) {
            throw new IllegalArgumentException("maxCost is " + maxCost + ": it must be a number of dollars from 0");
        }
        if (conversationId != null && (conversationId.isEmpty() || conversationId.length() > LONGEST_CONVERSATION_ID)) {
            throw new IllegalArgumentException("conversationId has " + conversationId.length()
                    + " characters: it must have from 1 to " + LONGEST_CONVERSATION_ID);
        }
    }

    /** Balanced, internal data, no ceiling, no conversation. */
    public static RoutingOptions defaults() {
        return DEFAULTS;
    }

    /** The same with this profile. */
    public RoutingOptions withProfile(RoutingProfile other) {
        return new RoutingOptions(other, classification, maxCost, conversationId);
    }

    /** The same for data of this level. */
    public RoutingOptions withClassification(DataClassification other) {
        return new RoutingOptions(profile, other, maxCost, conversationId);
    }

    /** The same with this ceiling in US dollars. */
    public RoutingOptions withMaxCost(double dollars) {
        return new RoutingOptions(profile, classification, dollars, conversationId);
    }

    /** The same as part of this conversation. */
    public RoutingOptions withConversation(String id) {
        return new RoutingOptions(profile, classification, maxCost, id);
    }
}
