package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.RouteTarget;
import java.util.ArrayList;
import java.util.List;
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
