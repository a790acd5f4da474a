package dev.llmgateway.resilience;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.AttemptInterceptor;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.resilience.Watch.Wait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts that take too long, by cancelling them: a stream whose first event does not come, or that falls silent,
 * and any call whose time as a whole is up. A whole answer has no first event to wait for, and may rightly take minutes:
 * the limit of the call holds for it, and one of its own where there is one. What the reader does between two events is
 * not counted as silence. The time to connect is the provider's own limit.
 *
 * <p>An attempt that is ended throws {@link GatewayException.TimedOut}, and may be tried elsewhere unless the call's time is
 * up. Thread safe.
 */
public final class Timeouts implements AttemptInterceptor {

    private final DeadlineTimer timer;
    private final Duration firstEvent;
    private final Duration idle;
    private final @Nullable Duration wholeAnswer;

    /**
     * Limits for all calls of a gateway.
     *
     * @param timer on the gateway's ticks; the caller closes it
     * @param firstEvent from the start of an attempt to the first event of its stream
     * @param idle for every later event
     * @throws IllegalArgumentException when a limit is not longer than zero
     */
    public Timeouts(DeadlineTimer timer, Duration firstEvent, Duration idle) {
        this(timer, firstEvent, idle, null);
    }

    /**
     * Limits for all calls of a gateway.
     *
     * @param timer on the gateway's ticks; the caller closes it
     * @param firstEvent from the start of an attempt to the first event of its stream
     * @param idle for every later event
     * @param wholeAnswer from the start of an attempt to the end of an answer that does not stream; null for none, so that a
     *     provider that never answers is not noticed before the call's time is up
     * @throws IllegalArgumentException when a limit is not longer than zero
     */
    public Timeouts(DeadlineTimer timer, Duration firstEvent, Duration idle, @Nullable Duration wholeAnswer) {
        requirePositive("first event", firstEvent);
        requirePositive("idle", idle);
        if (wholeAnswer != null) {
            requirePositive("whole answer", wholeAnswer);
        }
        this.timer = timer;
        this.firstEvent = firstEvent;
        this.idle = idle;
        this.wholeAnswer = wholeAnswer;
    }

    private static void requirePositive(String name, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(
                    "the " + name + " timeout is " + limit + ": it must be longer than zero");
        }
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        Exchange exchange = attempt.exchange();
        long now = timer.ticker().read();
        if (now - exchange.deadline() >= 0) {
            throw Watch.outOfTime();
        }
        Cancellation inner = attempt.cancellation().child();
        Watch watch = timer.watch(inner, attempt.target().provider().id(), exchange.deadline());
        boolean streams = exchange.request().stream();
        if (streams) {
            watch.waitsFor(Wait.FIRST_EVENT, now, firstEvent);
        } else if (wholeAnswer != null) {
            watch.waitsFor(Wait.WHOLE_ANSWER, now, wholeAnswer);
        }
        try {
            ChatStream stream = next.attempt(new Attempt(exchange, attempt.target(), inner));
            return new Timed(stream, watch, streams);
        } catch (RuntimeException | Error e) {
            timer.forget(watch);
            throw e;
        }
    }

    /** Tells the watch when it waits. */
    private final class Timed extends ForwardingChatStream {
        private final Watch watch;
        private final boolean streams;
        private boolean hasBegun;

        Timed(ChatStream delegate, Watch watch, boolean streams) {
            super(delegate);
            this.watch = watch;
            this.streams = streams;
        }

        @Override
        public @Nullable ChatEvent next() {
            if (hasBegun && streams) {
                watch.waitsFor(Wait.NEXT_EVENT, timer.ticker().read(), idle);
            }
            boolean ended = true;
            try {
                ChatEvent event = super.next();
                ended = event == null;
                return event;
            } finally {
                hasBegun = true;
                if (streams) {
                    watch.waitsNoLonger();
                }
                if (ended) {
                    timer.forget(watch);
                }
            }
        }

        @Override
        public void close() {
            timer.forget(watch);
            super.close();
        }
    }
}
