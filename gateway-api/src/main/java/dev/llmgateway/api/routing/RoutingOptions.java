package dev.llmgateway.api.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a caller says about the choice of the model, beside its name. Immutable.
 *
 * @param profile how quality, cost and latency are weighed
 * @param classification how sensitive the prompt is
 * @param levelSource who says so
 * @param maxCost the most that the call may cost, in US dollars, at least 0; null for no limit of the caller's own
 * @param conversationId calls of one tenant with the same id stay with the same model; null when it does not matter
 */
public record RoutingOptions(
        RoutingProfile profile,
        DataClassification classification,
        LevelSource levelSource,
        @Nullable Double maxCost,
        @Nullable String conversationId) {

    /** Longer conversation ids are refused, so that what is remembered of each stays small. */
    public static final int LONGEST_CONVERSATION_ID = 256;

    private static final RoutingOptions DEFAULTS = new RoutingOptions(
            RoutingProfile.BALANCED, DataClassification.INTERNAL, new LevelSource.Usual(), null, null);

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
        return new RoutingOptions(other, classification, levelSource, maxCost, conversationId);
    }

    /** The same for data of this level. */
    public RoutingOptions withClassification(DataClassification other) {
        return withLevel(other, new LevelSource.Declared());
    }

    /**
     * The same for a tenant: its default level holds where the call does not name one.
     *
     * @param usual null for the default of all
     */
    public RoutingOptions forTenant(@Nullable DataClassification usual) {
        return switch (levelSource) {
            case LevelSource.Usual nobody -> usual == null ? this : withLevel(usual, new LevelSource.Tenant());
            case LevelSource.Tenant other ->
                usual == null
                        ? withLevel(DEFAULTS.classification, DEFAULTS.levelSource)
                        : withLevel(usual, new LevelSource.Tenant());
            case LevelSource.Declared declared -> this;
            case LevelSource.Marking marking -> this;
        };
    }

    /**
     * The same for data of a higher level, which a marking in the text tells.
     *
     * @param rule which kind of marking it is, in a word; never the text
     * @throws IllegalArgumentException when the level is not higher
     */
    public RoutingOptions raised(DataClassification level, String rule) {
        if (level.compareTo(classification) <= 0) {
            throw new IllegalArgumentException(
                    "level is " + level.word() + ": it must be above " + classification.word());
        }
        return withLevel(level, new LevelSource.Marking(classification, rule));
    }

    private RoutingOptions withLevel(DataClassification level, LevelSource source) {
        return new RoutingOptions(profile, level, source, maxCost, conversationId);
    }

    /** The same with this ceiling in US dollars. */
    public RoutingOptions withMaxCost(double dollars) {
        return new RoutingOptions(profile, classification, levelSource, dollars, conversationId);
    }

    /** The same as part of this conversation. */
    public RoutingOptions withConversation(String id) {
        return new RoutingOptions(profile, classification, levelSource, maxCost, id);
    }
}
