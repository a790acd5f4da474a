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
 * and any call whose time as a whole is up. Inside a text silence is short; before and between the parts of an answer a model may
 * think unheard, and the longer limit of the first event holds. A stream that has begun to tell its content may go on beyond the
 * usual time of a call ({@link Exchange#endsStreams}), up to a limit of its own. A whole answer has no first event to wait for, and
 * may rightly take minutes: the limit of the call holds for it, and one of its own where there is one. What the reader does between
 * two events is not counted as silence. The time to connect is the provider's own limit.
 *
 * <p>An attempt that is ended throws {@link GatewayException.TimedOut}, and may be tried elsewhere unless the call's time is
 * up. Thread safe.
 */
public final class Timeouts implements AttemptInterceptor {

    /** Longer than any answer of today's models takes, at the slowest of their speeds. */
    public static final Duration USUAL_STREAM = Duration.ofHours(1);

    private final DeadlineTimer timer;
    private final Duration firstEvent;
    private final Duration idle;
    private final Duration betweenTexts;
    private final @Nullable Duration wholeAnswer;
    private final Duration stream;

    /**
     * Limits for all calls of a gateway.
     *
     * @param timer on the gateway's ticks; the caller closes it
     * @param firstEvent from the start of an attempt to the first event of its stream, and for later ones that no text goes before
     * @param idle for those behind a piece of a text
     * @throws IllegalArgumentException when a limit is not longer than zero
     */
    public Timeouts(DeadlineTimer timer, Duration firstEvent, Duration idle) {
        this(timer, firstEvent, idle, null, USUAL_STREAM);
    }

    /**
     * Limits for all calls of a gateway.
     *
     * @param timer on the gateway's ticks; the caller closes it
     * @param firstEvent from the start of an attempt to the first event of its stream, and for later ones that no text goes before
     * @param idle for those behind a piece of a text
     * @param wholeAnswer from the start of an attempt to the end of an answer that does not stream; null for none, so that a
     *     provider that never answers is not noticed before the call's time is up
     * @param stream from the start of an attempt to the end of a stream that has begun to tell its content, if the caller has set
     *     no limit; the call's own time, where that is longer
     * @throws IllegalArgumentException when a limit is not longer than zero
     */
    public Timeouts(
            DeadlineTimer timer, Duration firstEvent, Duration idle, @Nullable Duration wholeAnswer, Duration stream) {
        requirePositive("first event", firstEvent);
        requirePositive("idle", idle);
        if (wholeAnswer != null) {
            requirePositive("whole answer", wholeAnswer);
        }
        requirePositive("stream", stream);
        this.timer = timer;
        this.firstEvent = firstEvent;
        this.idle = idle;
        this.betweenTexts = firstEvent.compareTo(idle) > 0 ? firstEvent : idle;
        this.wholeAnswer = wholeAnswer;
        this.stream = stream;
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
            ChatStream answer = next.attempt(new Attempt(exchange, attempt.target(), inner));
            return new Timed(answer, watch, streams, exchange.endsStreams() ? null : now + stream.toNanos());
        } catch (RuntimeException | Error e) {
            timer.forget(watch);
            throw e;
        }
    }

    /** Tells the watch when it waits. */
    private final class Timed extends ForwardingChatStream {
        private final Watch watch;
        private final boolean streams;
        private final @Nullable Long end;
        private boolean hasBegun;
        private boolean isInText;
        private boolean hasContent;

        /**
         * Watches an answer.
         *
         * @param end the tick until which it may go on once it has content; null when it may not beyond the call's time
         */
        Timed(ChatStream delegate, Watch watch, boolean streams, @Nullable Long end) {
            super(delegate);
            this.watch = watch;
            this.streams = streams;
            this.end = end;
        }

        @Override
        public @Nullable ChatEvent next() {
            if (hasBegun && streams) {
                watch.waitsFor(Wait.NEXT_EVENT, timer.ticker().read(), isInText ? idle : betweenTexts);
            }
            boolean ended = true;
            try {
                ChatEvent event = super.next();
                ended = event == null;
                if (event != null && streams) {
                    note(event);
                }
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

        private void note(ChatEvent event) {
            if (event instanceof ChatEvent.Ping) {
                return;
            }
            isInText = event instanceof ChatEvent.Delta || event instanceof ChatEvent.VendorDelta;
            if (isInText && !hasContent) {
                hasContent = true;
                if (end != null) {
                    watch.mayLastUntil(end);
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
