package dev.llmgateway.server.management;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a caller may say in a body about the choice of the model, by the names that the headers have, too. */
final class RoutingWords {

    private static final String CONVERSATION = "conversation_id";

    private RoutingWords() {}

    /** The options of a call: what the members say, and what they leave out as in {@code otherwise}. */
    static RoutingOptions options(Members members, RoutingOptions otherwise) {
        RoutingOptions options = classification(members, profile(members, otherwise));
        Double maxCost = members.dollars("max_cost");
        String conversation = members.text(CONVERSATION);
        options = maxCost == null ? options : options.withMaxCost(maxCost);
        return conversation == null ? options : inConversation(members, options, conversation);
    }

    static RoutingOptions profile(Members members, RoutingOptions otherwise) {
        RoutingProfile profile = members.word("profile", RoutingProfile.all(), RoutingProfile::name);
        return profile == null ? otherwise : otherwise.withProfile(profile);
    }

    static RoutingOptions classification(Members members, RoutingOptions otherwise) {
        @Nullable
        DataClassification level =
                members.word("data_classification", List.of(DataClassification.values()), DataClassification::word);
        return level == null ? otherwise : otherwise.withClassification(level);
    }

    private static RoutingOptions inConversation(Members members, RoutingOptions options, String id) {
        if (id.length() > RoutingOptions.LONGEST_CONVERSATION_ID) {
            throw members.wrong(
                    CONVERSATION, "must have at most " + RoutingOptions.LONGEST_CONVERSATION_ID + " characters");
        }
        return options.withConversation(id);
    }
}
