package dev.llmgateway.api;

import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries one target after the other until one commits: until the first event with content has been read from it. Up to then
 * nothing has been passed on, so a failure can be mended without the caller noticing; afterwards it cannot, and is thrown.
 */
final class Failover implements Handler {

    private final Router router;
    private final AttemptHandler attempts;
    private final GatewayListener listener;

    Failover(Router router, AttemptHandler attempts, GatewayListener listener) {
        this.router = router;
        this.attempts = attempts;
        this.listener = listener;
    }

    @Override
    public ChatStream handle(Exchange exchange) {
        List<RouteTarget> targets = router.route(exchange).targets();
        if (!exchange.options().failover()) {
            targets = targets.subList(0, 1);
        }
        GatewayException last = null;
        for (RouteTarget target : targets) {
            Attempt attempt = new Attempt(
                    exchange, target, exchange.options().cancellation().child());
            try {
                return committed(attempt);
            } catch (GatewayException e) {
                last = e;
                listener.attemptFailed(attempt, e);
                if (!e.mayFailOver()
                        || attempt.exchange().options().cancellation().isCancelled()) {
                    break;
                }
            }
        }
        throw require(last);
    }

    private ChatStream committed(Attempt attempt) {
        ChatStream stream = attempts.attempt(attempt);
        try {
            return CommittedChatStream.commit(stream);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
    }

    private static GatewayException require(@Nullable GatewayException last) {
        if (last == null) {
            throw new IllegalStateException("a route has at least one target");
        }
        return last;
    }
}
