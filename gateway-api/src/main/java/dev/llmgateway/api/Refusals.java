package dev.llmgateway.api;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Refusal.Incapable;
import dev.llmgateway.api.routing.Refusal.NotAuthorised;
import dev.llmgateway.api.routing.Refusal.RetiredModel;
import dev.llmgateway.api.routing.Refusal.TooDear;
import dev.llmgateway.api.routing.Refusal.TooLong;
import dev.llmgateway.api.routing.Refusal.Unavailable;
import dev.llmgateway.api.routing.Refusal.UnknownModel;
import dev.llmgateway.api.routing.RoutingDecision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller gets instead of an answer when the router refuses. */
final class Refusals {

    private Refusals() {}

    /** The failure of a call whose decision is a refusal. */
    static GatewayException exception(RoutingDecision decision) {
        Refusal refusal = Objects.requireNonNull(decision.refusal(), "the decision is no refusal");
        return switch (refusal) {
            case UnknownModel unknown -> new GatewayException.ModelNotFound(unknown.sentence());
            case RetiredModel retired -> GatewayException.ModelNotFound.retired(retired.sentence(), retired.since());
            case NotAuthorised forbidden ->
                new GatewayException.Forbidden(forbidden.sentence()
                        + decision.requirements().levelSource().clause());
            case Incapable incapable ->
                new GatewayException.InvalidRequest(param(incapable.capability()), incapable.sentence());
            case TooLong tooLong -> new GatewayException.TooLarge(tooLong.sentence(), tooLong.largestWindow());
            case TooDear tooDear -> new GatewayException.BudgetExceeded(tooDear.sentence());
            case Unavailable now -> new GatewayException.Unavailable(now.sentence(), now.cause(), now.retryAfter());
        };
    }

    /** The part of a request that needs the capability, by its usual name; the model itself when it is not one thing. */
    private static String param(@Nullable Capability capability) {
        return switch (capability) {
            case null -> "model";
            case TOOL_USE -> "tools";
            case STREAMING -> "stream";
            case EXTENDED_THINKING -> "reasoning";
            case VISION, CITATIONS -> "messages";
            case JSON_MODE -> "response_format";
            case EMBEDDINGS, BATCH -> "model";
        };
    }
}
