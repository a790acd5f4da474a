package dev.llmgateway.server.metrics;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
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
 * failed last, or for {@code none}, and for the model {@code none}. A client that left counts as status 499.
 */
public final class GatewayMetrics implements GatewayListener {

    private static final int OK = 200;
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final Meters meters;
    private final ToIntFunction<GatewayException> statusOf;

    /** For calls with failed attempts only: the providers that failed, in order, by the call's id. */
    private final Map<String, List<String>> failures = new ConcurrentHashMap<>();

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
    public void attemptFailed(Attempt attempt, GatewayException error) {
        failures.computeIfAbsent(attempt.exchange().id(), id -> new ArrayList<>(2))
                .add(attempt.target().provider().id());
    }

    @Override
    public void callEnded(Exchange exchange, Outcome outcome) {
        AnswerSummary answer = outcome.answer();
        Origin origin = answer.origin();
        List<String> failed = failures.isEmpty() ? null : failures.remove(exchange.id());
        String provider = provider(origin, failed);
        String model = origin == null ? Meters.NONE : origin.model();
        meters.request(provider, model, status(outcome));
        meters.duration(provider, answer.duration());
        if (failed != null) {
            countFailovers(failed, origin);
        }
        Usage usage = answer.usage();
        if (usage != null && origin != null) {
            meters.tokens(provider, usage.totalInput(), usage.output());
            meters.cost(provider, model, usage);
        }
    }

    private static String provider(@Nullable Origin origin, @Nullable List<String> failed) {
        if (origin != null) {
            return origin.provider();
        }
        return failed == null ? Meters.NONE : failed.get(failed.size() - 1);
    }

    private int status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed ignored -> OK;
            case Outcome.Failed failed -> statusOf.applyAsInt(failed.error());
            case Outcome.Abandoned ignored -> CLIENT_CLOSED_REQUEST;
        };
    }

    private void countFailovers(List<String> failed, @Nullable Origin origin) {
        for (int i = 0; i + 1 < failed.size(); i++) {
            meters.failover(failed.get(i), failed.get(i + 1));
        }
        if (origin != null) {
            meters.failover(failed.get(failed.size() - 1), origin.provider());
        }
    }
}
