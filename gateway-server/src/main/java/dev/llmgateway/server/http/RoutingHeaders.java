package dev.llmgateway.server.http;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a caller says in its headers about the choice of the model. */
final class RoutingHeaders {

    private static final String PROFILE = "x-routing-profile";
    private static final String CLASSIFICATION = "x-data-classification";
    private static final String MAX_COST = "x-gateway-max-cost";
    private static final String CONVERSATION = "x-gateway-conversation-id";

    private static final List<String> PROFILES =
            RoutingProfile.all().stream().map(RoutingProfile::name).toList();
    private static final List<String> LEVELS =
            Stream.of(DataClassification.values()).map(DataClassification::word).toList();

    /** Longer numbers are not read: some take very long. */
    private static final int LONGEST_NUMBER = 32;

    private RoutingHeaders() {}

    /**
     * What the headers say; the defaults for those that are not there.
     *
     * @throws HttpRefusal when a header makes no sense
     */
    static RoutingOptions options(HttpServletRequest request) {
        RoutingOptions options = RoutingOptions.defaults();
        String profile = SingleHeader.of(request, PROFILE);
        if (profile != null) {
            options = options.withProfile(
                    RoutingProfile.named(profile).orElseThrow(() -> unknown(PROFILE, profile, PROFILES)));
        }
        String level = SingleHeader.of(request, CLASSIFICATION);
        if (level != null) {
            options = options.withClassification(
                    DataClassification.of(level).orElseThrow(() -> unknown(CLASSIFICATION, level, LEVELS)));
        }
        String maxCost = SingleHeader.of(request, MAX_COST);
        if (maxCost != null) {
            options = options.withMaxCost(dollars(maxCost.strip()));
        }
        String conversation = SingleHeader.of(request, CONVERSATION);
        return conversation == null ? options : options.withConversation(conversation(conversation));
    }

    private static double dollars(String text) {
        try {
            double value = text.length() > LONGEST_NUMBER ? -1 : new BigDecimal(text).doubleValue();
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw badCost();
        }
        throw badCost();
    }

    private static HttpRefusal badCost() {
        return HttpRefusal.badRequest(MAX_COST, "must be a number of US dollars from 0, as in 0.05");
    }

    private static String conversation(String id) {
        if (id.isBlank() || id.length() > RoutingOptions.LONGEST_CONVERSATION_ID) {
            throw HttpRefusal.badRequest(
                    CONVERSATION, "must have from 1 to " + RoutingOptions.LONGEST_CONVERSATION_ID + " characters");
        }
        return id;
    }

    private static HttpRefusal unknown(String header, String value, List<String> allowed) {
        String near = NearestName.of(value.strip(), allowed)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        return HttpRefusal.badRequest(header, "must be one of " + String.join(", ", allowed) + near);
    }
}
