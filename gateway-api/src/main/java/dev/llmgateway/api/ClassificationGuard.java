package dev.llmgateway.api;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.spi.Clearances;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets data go only where it may be seen, and does not ask the router. It stands at two places that nothing goes around: before
 * the caches, where it refuses what is above the gateway's highest level; and before every single call of a provider, be it the
 * first target, a retry, the next in the chain or the second of a race, where it asks the {@link Clearances}.
 *
 * <p>Fails closed: the call ends with {@link GatewayException.Forbidden}, which no other target is asked to mend, since who
 * sends data where it may not go cannot be trusted with the rest of the chain.
 */
final class ClassificationGuard {

    private final Clearances clearances;
    private final @Nullable DataClassification highest;

    /**
     * A guard.
     *
     * @param highest the highest level that is accepted at all; null for any
     */
    ClassificationGuard(Clearances clearances, @Nullable DataClassification highest) {
        this.clearances = clearances;
        this.highest = highest;
    }

    /** Passes on what may be accepted at all. */
    ChatStream accept(Exchange exchange, Handler next) {
        DataClassification level = level(exchange);
        if (isTooHigh(level)) {
            throw new GatewayException.Forbidden(tooHigh(level) + clause(exchange));
        }
        return next.handle(exchange);
    }

    /** Makes an attempt only where the target may see the data. */
    ChatStream attempt(Attempt attempt, AttemptHandler provider) {
        DataClassification level = level(attempt.exchange());
        Set<DataClassification> allowed = clearances.of(attempt.target());
        if (isTooHigh(level)) {
            throw new GatewayException.Forbidden(tooHigh(level) + clause(attempt.exchange()));
        }
        if (!allowed.contains(level)) {
            throw new GatewayException.Forbidden(notCleared(attempt, level, allowed));
        }
        return provider.attempt(attempt);
    }

    /** The decision of a dry run, which is a refusal when a call would not come as far as the router. */
    RoutingDecision judged(RoutingDecision decision, Exchange exchange) {
        DataClassification level = level(exchange);
        if (!isTooHigh(level) || decision.refusal() != null) {
            return decision;
        }
        return new RoutingDecision(
                decision.resolution(),
                decision.profile(),
                decision.requirements(),
                decision.catalogVersion(),
                decision.layers(),
                decision.ranking(),
                List.of(),
                new Refusal.NotAuthorised(tooHigh(level)));
    }

    private static DataClassification level(Exchange exchange) {
        return exchange.options().routing().classification();
    }

    private static String clause(Exchange exchange) {
        return exchange.options().routing().levelSource().clause();
    }

    private boolean isTooHigh(DataClassification level) {
        return highest != null && level.compareTo(highest) > 0;
    }

    private String tooHigh(DataClassification level) {
        return "data of the classification \"" + level.word() + "\" is not accepted here: \""
                + (highest == null ? "" : highest.word()) + "\" is the highest";
    }

    private static String notCleared(Attempt attempt, DataClassification level, Set<DataClassification> allowed) {
        String levels = allowed.stream().sorted().map(DataClassification::word).collect(Collectors.joining(", "));
        return "the data is " + level.word() + ", and " + attempt.target() + " may see "
                + (levels.isEmpty() ? "none" : levels) + " only: nothing was sent there"
                + clause(attempt.exchange());
    }
}
