package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt when the time for the whole call is up. It stands in for {@link AttemptStage#TIMEOUTS} where nobody
 * filled that place, so that no call can last for ever; a server has a timer of its own that costs less and knows more.
 */
final class CallDeadline implements AttemptInterceptor {

    private final Ticker ticker;

    CallDeadline(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        Exchange exchange = attempt.exchange();
        long left = exchange.deadline() - ticker.read();
        if (left <= 0) {
            throw outOfTime();
        }
        Cancellation inner = attempt.cancellation().child();
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(left, TimeUnit.NANOSECONDS).exceptionally(late -> {
            inner.cancel(outOfTime());
            return null;
        });
        try {
            return new Watched(next.attempt(new Attempt(exchange, attempt.target(), inner)), over);
        } catch (RuntimeException | Error e) {
            over.complete(null);
            throw e;
        }
    }

    private static GatewayException outOfTime() {
        return new GatewayException.TimedOut("the time for the whole call is up", true);
    }

    /** Takes the deadline away when the answer has ended. */
    private static final class Watched extends ForwardingChatStream {
        private final CompletableFuture<Void> over;

        Watched(ChatStream delegate, CompletableFuture<Void> over) {
            super(delegate);
            this.over = over;
        }

        @Override
        public @Nullable ChatEvent next() {
            boolean ended = true;
            try {
                ChatEvent event = super.next();
                ended = event == null;
                return event;
            } finally {
                if (ended) {
                    over.complete(null);
                }
            }
        }

        @Override
        public void close() {
            over.complete(null);
            super.close();
        }
    }
}
