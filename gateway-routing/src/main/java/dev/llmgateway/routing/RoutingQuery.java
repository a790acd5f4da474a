package dev.llmgateway.routing;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided. Immutable.
 *
 * @param resolution what the model's name was found to mean; goes into the decision as it is
 * @param pinned the model that the caller named, at each provider that serves it; empty for no preference
 * @param profile how quality, cost and latency are weighed
 * @param requirements what the request needs
 * @param today the day (UTC) that retirements are judged by
 * @param sticky what the conversation began with; it is put first if it still may serve; null when there is none
 * @param caller who asks; a tenant with a key of its own at a provider has limits of its own there
 * @param request what is asked, which tells what each provider would be sent; null when only its needs are known
 * @param failover false when no other model may stand in for one that was named, as by {@link CallOptions#failover}
 */
public record RoutingQuery(
        Resolution resolution,
        List<TableEntry> pinned,
        RoutingProfile profile,
        Requirements requirements,
        LocalDate today,
        @Nullable Candidate sticky,
        Caller caller,
        @Nullable ChatRequest request,
        boolean failover) {

    public RoutingQuery {
        pinned = List.copyOf(pinned);
    }

    /** A question of nobody in particular. */
    public RoutingQuery(
            Resolution resolution,
            List<TableEntry> pinned,
            RoutingProfile profile,
            Requirements requirements,
            LocalDate today,
            @Nullable Candidate sticky) {
        this(resolution, pinned, profile, requirements, today, sticky, Caller.DEFAULT, null, true);
    }

    /**
     * Whether no other model may do what the named one does: vectors of different models cannot be compared, so that a
     * collection that was made with one cannot be searched with another.
     */
    boolean isBoundToItsModel() {
        return !pinned.isEmpty() && requirements.capabilities().contains(Capability.EMBEDDINGS);
    }

    /** Any model will do. */
    public static RoutingQuery auto(RoutingProfile profile, Requirements requirements, LocalDate today) {
        return new RoutingQuery(Resolution.of("auto", Match.AUTO), List.of(), profile, requirements, today, null);
    }
}
