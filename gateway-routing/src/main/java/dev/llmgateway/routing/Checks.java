package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a request needs, ready to be held against many models. A check returns null for a model that passes.
 *
 * <p>A model that the caller named is judged a little milder: where the gateway does not know, its provider will.
 */
final class Checks {

    private static final Reason EMBEDS = new Reason.NoChat(true);
    private static final Reason OTHER_API = new Reason.NoChat(false);
    private static final Reason DELISTED = new Reason.Delisted();
    private static final int EMBEDDINGS = 1 << Capability.EMBEDDINGS.ordinal();
    private static final Reason[] SAYS_NO = lacks(true);
    private static final Reason[] DOES_NOT_SAY = lacks(false);

    private final Requirements requirements;
    private final LocalDate today;
    private final boolean named;
    private final int needed;
    private final int level;

    /**
     * @param named whether the models are those that the caller named
     */
    Checks(Requirements requirements, LocalDate today, boolean named) {
        this.requirements = requirements;
        this.today = today;
        this.named = named;
        this.needed = TableEntry.mask(requirements.capabilities());
        this.level = 1 << requirements.classification().ordinal();
    }

    @Nullable
    Reason availability(TableEntry entry) {
        ModelCard card = entry.card();
        if (card != null && card.lifecycle().isRetired(today)) {
            return retired(card.lifecycle());
        }
        if (entry.delisted) {
            return DELISTED;
        }
        if ((entry.present & EMBEDDINGS) != 0) {
            return (needed & EMBEDDINGS) != 0 ? null : EMBEDS;
        }
        return named || entry.chats ? null : OTHER_API;
    }

    @Nullable
    Reason classification(TableEntry entry) {
        return (entry.authorised & level) != 0
                ? null
                : new Reason.NotAuthorised(requirements.classification(), entry.authorisedLevels());
    }

    @Nullable
    Reason capability(TableEntry entry) {
        int lacking = needed & (named ? entry.absent : ~entry.present);
        if (lacking != 0) {
            int first = Integer.numberOfTrailingZeros(lacking);
            return (entry.absent & 1 << first) != 0 ? SAYS_NO[first] : DOES_NOT_SAY[first];
        }
        if ((needed & EMBEDDINGS) != 0) {
            // A window is for one text, and there may be many: whether each fits is left to the provider.
            return null;
        }
        if (isBelow(entry.window, requirements.windowTokens())) {
            return new Reason.WindowTooSmall(entry.window, requirements.windowTokens());
        }
        if (isBelow(entry.maxInput, requirements.promptTokens())) {
            return new Reason.WindowTooSmall(entry.maxInput, requirements.promptTokens());
        }
        Integer output = requirements.requestedOutputTokens();
        return !named && output != null && isBelow(entry.maxOutput, output)
                ? new Reason.OutputTooShort(entry.maxOutput, output)
                : null;
    }

    /** @param cost in US dollars; NaN when the price is not known */
    @Nullable
    Reason cost(double cost) {
        Double ceiling = requirements.maxCost();
        if (ceiling == null || cost <= ceiling) {
            return null;
        }
        return Double.isNaN(cost) ? new Reason.PriceUnknown(ceiling) : new Reason.TooDear(cost, ceiling);
    }

    /** What the request would cost at a model, in US dollars; NaN when its price is not known. */
    double estimatedCost(TableEntry entry) {
        if (entry.price == null) {
            return Double.NaN;
        }
        Integer asked = requirements.requestedOutputTokens();
        long output = asked == null ? Requirements.USUAL_OUTPUT_TOKENS : asked;
        if (isBelow(entry.maxOutput, output)) {
            output = entry.maxOutput;
        }
        return entry.price.of(requirements.promptTokens(), output);
    }

    /** A vendor may take a model out before the day that it announced. */
    private Reason retired(Lifecycle lifecycle) {
        LocalDate announced = lifecycle.retireOn();
        boolean past = announced != null && !today.isBefore(announced);
        return new Reason.Retired(past ? announced : null, lifecycle.replacement());
    }

    private static boolean isBelow(long limit, long needed) {
        return limit != TableEntry.UNKNOWN && limit < needed;
    }

    private static Reason[] lacks(boolean known) {
        Capability[] all = Capability.values();
        Reason[] reasons = new Reason[all.length];
        for (Capability capability : all) {
            reasons[capability.ordinal()] = new Reason.Lacks(capability, known);
        }
        return reasons;
    }
}
