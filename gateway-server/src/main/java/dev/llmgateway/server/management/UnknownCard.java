package dev.llmgateway.server.management;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import java.util.List;

/** What is said of a card's id that the catalog does not have. */
final class UnknownCard {

    private static final int NEAR_IDS = 3;
    private static final int LONGEST_QUOTE = 100;

    private UnknownCard() {}

    /** {@code there is no card "a/c": did you mean a/b or a/d?}. */
    static String sentence(ModelCatalog catalog, String id) {
        List<String> near = NearestName.allOf(
                id, catalog.cards().stream().map(ModelCard::id).toList(), NEAR_IDS);
        String quoted = id.length() <= LONGEST_QUOTE ? id : id.substring(0, LONGEST_QUOTE) + "...";
        return "there is no card \"" + quoted + "\""
                + (near.isEmpty() ? "" : ": did you mean " + String.join(" or ", near) + "?");
    }

    /** For an id in a path: 404. */
    static ManagementRefusal refusal(ModelCatalog catalog, String id) {
        return ManagementRefusal.notFound(sentence(catalog, id));
    }
}
