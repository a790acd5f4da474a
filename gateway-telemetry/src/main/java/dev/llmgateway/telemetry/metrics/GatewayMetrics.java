package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.spi.Embedding;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls as they end. Thread safe.
 *
 * <p>A call counts for the provider and model that answered it; a call that nobody answered counts for the provider that
 * failed last, or for {@code none}; one that was answered from memory counts for {@code cache}, and costs nothing. A client
 * that left counts as status 499; what a provider had read for one that left, or ran out of time, before the answer began is
 * estimated.
 */
public final class GatewayMetrics implements GatewayListener {

    private static final int OK = 200;
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final Meters meters;
    private final ToIntFunction<GatewayException> statusOf;

    /** For calls with failed tries only: the targets that were asked, in order, each once however often; by the call's id. */
    private final Map<String, List<RouteTarget>> asked = new ConcurrentHashMap<>();

    /**
     * Metrics.
     *
     * @param statusOf the HTTP status that a client gets for a failure
     */
    public GatewayMetrics(Meters meters, ToIntFunction<GatewayException> statusOf) {
        this.meters = meters;
        this.statusOf = statusOf;
    }

    @Override
    public void callStarted(Exchange exchange) {
        meters.callBegan();
    }

    @Override
    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
        meters.upstream().failure(attempt.target().provider().id(), error);
        if (spent != null) {
            RouteTarget target = attempt.target();
            meters.charge(target.provider().id(), target.model(), spent);
        }
        note(asked.computeIfAbsent(attempt.exchange().id(), id -> new ArrayList<>(2)), attempt.target());
    }

    @Override
    public void attemptCommitted(Attempt attempt, Duration elapsed) {
        List<RouteTarget> before =
                asked.isEmpty() ? null : asked.get(attempt.exchange().id());
        if (before != null) {
            note(before, attempt.target());
        }
    }

    /** A retry asks the same target again, and is no failover. Two targets that race may come at the same time. */
    private static void note(List<RouteTarget> asked, RouteTarget target) {
        synchronized (asked) {
            if (asked.isEmpty() || !asked.getLast().equals(target)) {
                asked.add(target);
            }
        }
    }

    /** A second target that failed while the first was still at it, and answered, has caused no failover. */
    @Override
    public void raceEnded(Exchange exchange, RouteTarget slow, RouteTarget second, @Nullable RouteTarget winner) {
        if (slow.equals(winner)) {
            asked.remove(exchange.id());
        }
    }

    @Override
    public void retrying(Attempt attempt, GatewayException error, Duration pause) {
        meters.upstream().retry(attempt.target().provider().id());
    }

    @Override
    public void cacheAsked(Exchange exchange, CacheLookup found) {
        switch (found.kind()) {
            case MISS -> meters.cacheMiss();
            case HIT -> meters.cacheHit("exact");
            case SEMANTIC_HIT -> meters.cacheHit("semantic");
        }
    }

    @Override
    public void embedded(Exchange exchange, Embedding.Cost cost) {
        meters.embedded(cost.provider(), cost.model(), cost.usage());
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        meters.callEnded();
        AnswerSummary answer = outcome.answer();
        Origin origin = answer.origin();
        List<RouteTarget> targets = asked.isEmpty() ? null : asked.remove(exchange.id());
        countRequest(origin, targets, status(outcome), answer.duration());
        if (targets != null) {
            countFailovers(targets);
        }
        if (origin != null && !origin.isAgain() && answer.firstContent() != null) {
            meters.firstToken(origin.provider(), answer.firstContent());
        }
        Charge charge = answer.charge();
        if (charge != null && origin != null) {
            meters.charge(origin.provider(), origin.model(), charge);
        }
    }

    private void countRequest(
            @Nullable Origin origin, @Nullable List<RouteTarget> targets, int status, Duration duration) {
        String provider = Meters.NONE;
        if (origin != null && origin.isAgain()) {
            provider = Meters.CACHE;
            meters.answeredFromMemory(status);
        } else if (origin != null) {
            provider = origin.provider();
            meters.answered(provider, origin.model(), status);
        } else if (targets != null) {
            RouteTarget last = targets.get(targets.size() - 1);
            provider = last.provider().id();
            meters.failed(provider, last.model(), status);
        } else {
            meters.refused(status);
        }
        meters.duration(provider, duration);
    }

    private int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed ignored -> OK;
            case Outcome.Failed failed -> statusOf.applyAsInt(failed.error());
            case Outcome.Abandoned ignored -> CLIENT_CLOSED_REQUEST;
        };
    }

    private void countFailovers(List<RouteTarget> targets) {
        for (int i = 0; i + 1 < targets.size(); i++) {
            meters.upstream()
                    .failover(
                            targets.get(i).provider().id(),
                            targets.get(i + 1).provider().id());
        }
    }
}
