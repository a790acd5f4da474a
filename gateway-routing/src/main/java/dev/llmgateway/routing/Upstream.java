package dev.llmgateway.routing;

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
 */
public record Upstream(
        Provider provider, String vendor, @Nullable String onlyModel) {

    /** A provider that serves all models of its vendor. */
    public Upstream(Provider provider, String vendor) {
        this(provider, vendor, null);
    }

    boolean serves(ModelCard card) {
        return card.vendor().equals(vendor) && (onlyModel == null || onlyModel.equals(card.wireId()));
    }

    RouteTarget target(String wireId) {
        return new RouteTarget(provider, wireId);
    }

    /** The cards it serves, in the catalog's order. */
    List<ModelCard> served(ModelCatalog catalog) {
        List<ModelCard> served = new ArrayList<>();
        for (ModelCard card : catalog.cards()) {
            if (serves(card)) {
                served.add(card);
            }
        }
        return served;
    }
}
