package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured provider as routing sees it.
 *
 * @param provider under the id that the operator chose
 * @param vendor its type, as cards spell it; decides which cards it serves
 * @param onlyModel the one model it serves (an Azure deployment); null when it serves all of its vendor's
 * @param maxClassification the highest level of data that its models may see; null for what their cards say, or else
 *     internal data, or all for {@code local}
 */
public record Upstream(
        Provider provider,
        String vendor,
        @Nullable String onlyModel,
        @Nullable DataClassification maxClassification) {

    private static final String LOCAL = "local";

    /** A provider that serves all models of its vendor. */
    public Upstream(Provider provider, String vendor) {
        this(provider, vendor, null, null);
    }

    /** A provider that is only decided about: a call through it fails. For who wants decisions and calls models himself. */
    public static Upstream named(String id, String vendor) {
        return new Upstream(new NameOnlyProvider(id), vendor);
    }

    /** Whether this provider serves the model, by all that the card says. */
    public boolean serves(ModelCard card) {
        return card.vendor().equals(vendor)
                && (card.onlyAt() == null || card.onlyAt().equals(provider.id()))
                && (onlyModel == null || onlyModel.equals(card.wireId()));
    }

    /**
     * The levels of data that a model may see here: what its card says, narrowed by the provider's highest level; where the
     * card says nothing, all up to that level, or to the usual one.
     *
     * @param card null for a model without one
     */
    public Set<DataClassification> authorises(@Nullable ModelCard card) {
        Set<DataClassification> byCard = card == null ? null : card.classifications();
        if (byCard == null) {
            return (maxClassification == null ? usualLevel(vendor) : maxClassification).andBelow();
        }
        if (maxClassification == null) {
            return byCard;
        }
        Set<DataClassification> both = EnumSet.noneOf(DataClassification.class);
        both.addAll(maxClassification.andBelow());
        both.retainAll(byCard);
        return Set.copyOf(both);
    }

    /** The levels of data that a model may see at a provider that says nothing of levels. */
    public static Set<DataClassification> usuallyAuthorised(ModelCard card) {
        return card.classifications() == null ? usualLevel(card.vendor()).andBelow() : card.classifications();
    }

    /** Whether it is the operator's own server: its models see all data, and nobody bills them. */
    public boolean isLocal() {
        return vendor.equals(LOCAL);
    }

    /** The highest level of data that a vendor's models may see unless it is configured. */
    public static DataClassification usualLevel(String vendor) {
        return vendor.equals(LOCAL) ? DataClassification.CLASSIFIED : DataClassification.INTERNAL;
    }

    /** The model of this wire id, here. */
    public RouteTarget target(String wireId) {
        return new RouteTarget(provider, wireId);
    }

    /** The cards it serves, in the catalog's order. */
    public List<ModelCard> served(ModelCatalog catalog) {
        List<ModelCard> served = new ArrayList<>();
        for (ModelCard card : catalog.cards()) {
            if (serves(card)) {
                served.add(card);
            }
        }
        return served;
    }
}
