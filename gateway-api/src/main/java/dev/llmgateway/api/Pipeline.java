package dev.llmgateway.api;

import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.ProviderCall;
import dev.llmgateway.api.spi.Router;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, from the outside in:
 *
 * <pre>
 * Telemetry(Audit(Authentication(Idempotency(Limits(Compliance(Transcript...(Gate(User...(Guard(Cache(
 *     Route, then Failover over the targets (the first two may race):
 *         Retry(Tries(Breaker(Quota(Timeouts(Telemetry(Guard(
 *             Provider)))))))))))))))))))
 * </pre>
 *
 * The order is fixed here and nowhere else; {@link Stage} and {@link AttemptStage} say why each stands where it does.
 */
final class Pipeline implements Handler {

    private final Handler outermost;

    Pipeline(
            Map<Stage, List<Interceptor>> callScope,
            Map<AttemptStage, AttemptInterceptor> attemptScope,
            Router router,
            @Nullable HedgePolicy hedging,
            ClassificationGuard guard,
            Ticker ticker) {
        AttemptHandler provider = attempt -> guard.attempt(attempt, Pipeline::callProvider);
        AttemptHandler upstream = around(
                attemptScope.get(AttemptStage.BREAKER),
                around(
                        attemptScope.get(AttemptStage.QUOTA),
                        around(
                                attemptScope.get(AttemptStage.TIMEOUTS),
                                around(attemptScope.get(AttemptStage.TELEMETRY), provider))));
        AttemptHandler step = around(attemptScope.get(AttemptStage.RETRY), new Tries(upstream, ticker));
        Handler handler = new Failover(router, step, hedging, ticker);
        for (Interceptor interceptor : guarded(callScope, guard).reversed()) {
            Handler inner = handler;
            handler = exchange -> interceptor.intercept(exchange, inner);
        }
        outermost = handler;
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        return outermost.handle(exchange);
    }

    /** All interceptors, outermost first. */
    static List<Interceptor> inOrder(Map<Stage, List<Interceptor>> callScope) {
        List<Interceptor> ordered = new ArrayList<>();
        new EnumMap<>(callScope).values().forEach(ordered::addAll);
        return List.copyOf(ordered);
    }

    /** The guard stands where the level is final, before anything is answered by it. */
    private static List<Interceptor> guarded(Map<Stage, List<Interceptor>> callScope, ClassificationGuard guard) {
        Map<Stage, List<Interceptor>> stages = new EnumMap<>(callScope);
        List<Interceptor> last = new ArrayList<>(List.of(guard::accept));
        last.addAll(stages.getOrDefault(Stage.CACHE, List.of()));
        stages.put(Stage.CACHE, last);
        return inOrder(stages);
    }

    private static AttemptHandler around(@Nullable AttemptInterceptor interceptor, AttemptHandler inner) {
        return interceptor == null ? inner : attempt -> interceptor.intercept(attempt, inner);
    }

    private static ChatStream callProvider(Attempt attempt) {
        Exchange exchange = attempt.exchange();
        Provider provider = attempt.target().provider();
        return provider.open(new ProviderCall(
                exchange.request(),
                attempt.target().model(),
                exchange.options().providerHeaders(),
                exchange.caller().providerKeys().forProvider(provider),
                limits -> exchange.listener().providerLimits(attempt, limits),
                exchange.options().trace(),
                attempt.cancellation()));
    }
}
