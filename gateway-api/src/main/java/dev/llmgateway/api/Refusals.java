package dev.llmgateway.api;

import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Refusal.Incapable;
import dev.llmgateway.api.routing.Refusal.NotAuthorised;
import dev.llmgateway.api.routing.Refusal.RetiredModel;
import dev.llmgateway.api.routing.Refusal.TooDear;
import dev.llmgateway.api.routing.Refusal.TooLong;
import dev.llmgateway.api.routing.Refusal.UnknownModel;
import dev.llmgateway.api.routing.RoutingDecision;
import java.util.Objects;

/** What a caller gets instead of an answer when the router refuses. */
final class Refusals {

    private Refusals() {}

    /** The failure of a call whose decision is a refusal. */
    static GatewayException exception(RoutingDecision decision) {
        Refusal refusal = Objects.requireNonNull(decision.refusal(), "the decision is no refusal");
        return switch (refusal) {
            case UnknownModel unknown -> new GatewayException.ModelNotFound(unknown.sentence());
            case RetiredModel retired -> GatewayException.ModelNotFound.retired(retired.sentence(), retired.since());
            case NotAuthorised forbidden -> new GatewayException.Forbidden(forbidden.sentence());
            case Incapable incapable -> new GatewayException.InvalidRequest(null, incapable.sentence());
            case TooLong tooLong -> new GatewayException.TooLarge(tooLong.sentence(), tooLong.largestWindow());
            case TooDear tooDear -> new GatewayException.BudgetExceeded(tooDear.sentence());
        };
    }
}
