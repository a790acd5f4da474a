package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.routing.signals.CardSignals;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model at one provider that serves it, as the layers look at it. Immutable. Sets are bit masks over ordinals, and a
 * number that nobody knows is {@link #UNKNOWN}: the layers run over all entries for every request.
 */
public final class TableEntry {

    /** Stands for a number of tokens or milliseconds that is not known. */
    static final long UNKNOWN = Ranked.UNKNOWN;

    /** What a provider of one's own costs: nobody bills it. */
    private static final ModelPrice FREE = new ModelPrice(0, 0);

    final int present;
    final int absent;
    final int authorised;
    final boolean delisted;
    final boolean chats;
    final long window;
    final long maxInput;
    final long maxOutput;
    final @Nullable ModelPrice price;
    final long ttft;
    private final Candidate candidate;
    private final @Nullable ModelCard card;
    private final Upstream upstream;
    private final Quality quality;
    private final Set<DataClassification> authorisedLevels;

    /** A card at a provider. */
    TableEntry(Upstream upstream, ModelCard card, boolean delisted) {
        this(upstream, card, new Candidate(card.id(), upstream.provider().id(), card.wireId(), card.name()), delisted);
    }

    /** A model without a card. */
    TableEntry(Upstream upstream, String wireId, boolean delisted) {
        this(
                upstream,
                null,
                new Candidate(
                        upstream.provider().id() + "/" + wireId,
                        upstream.provider().id(),
                        wireId,
                        wireId),
                delisted);
    }

    private TableEntry(Upstream upstream, @Nullable ModelCard card, Candidate candidate, boolean delisted) {
        this.upstream = upstream;
        this.card = card;
        this.candidate = candidate;
        this.delisted = delisted;
        chats = card == null || card.chats();
        present = card == null ? 0 : mask(card.capabilities().present());
        absent = card == null ? 0 : mask(card.capabilities().absent());
        authorisedLevels = upstream.authorises(card);
        authorised = mask(authorisedLevels);
        ModelCard.Limits limits = card == null ? ModelCard.Limits.UNKNOWN : card.limits();
        window = orUnknown(limits.contextWindow());
        maxInput = orUnknown(limits.maxInputTokens());
        maxOutput = orUnknown(limits.maxOutputTokens());
        price = price(upstream, card);
        ttft = card == null || card.ttft() == null ? UNKNOWN : card.ttft().millis();
        quality = card == null ? Quality.NOT_KNOWN : Quality.of(card.scores());
    }

    /** The model and the provider as decisions name them. */
    public Candidate candidate() {
        return candidate;
    }

    /** What is known of the model; null when it has no card. */
    public @Nullable ModelCard card() {
        return card;
    }

    /** The provider. */
    public Upstream upstream() {
        return upstream;
    }

    /** How good it is by the measure of this profile and by what was reported, 0..1; NaN when nothing that counts is known. */
    double quality(RoutingProfile profile, @Nullable CardSignals reported) {
        return reported == null ? quality.by(profile) : quality.by(profile, reported);
    }

    /** Whether both are one model, at whatever vendor and provider: by its vendor's name for it, or by its card's. */
    boolean isSameModelAs(TableEntry other) {
        return candidate.model().equals(other.candidate.model())
                || (card != null && other.card != null && card.plainName().equals(other.card.plainName()));
    }

    /** The levels of data that it may see. */
    Set<DataClassification> authorisedLevels() {
        return authorisedLevels;
    }

    /** Whether nobody knows if it has all these capabilities. */
    boolean leavesOpen(int capabilities) {
        return (capabilities & ~present & ~absent) != 0;
    }

    static int mask(Collection<? extends Enum<?>> values) {
        int mask = 0;
        for (Enum<?> value : values) {
            mask |= 1 << value.ordinal();
        }
        return mask;
    }

    private static @Nullable ModelPrice price(Upstream upstream, @Nullable ModelCard card) {
        ModelPrice known = card == null ? null : card.price();
        return known == null && upstream.isLocal() ? FREE : known;
    }

    private static long orUnknown(@Nullable Number number) {
        return number == null ? UNKNOWN : number.longValue();
    }
}
