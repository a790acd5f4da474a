package dev.llmgateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Wire;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Limits at chosen moments: the ticks are the test's own, and so is the moment at which the timer looks. */
final class TimeoutsTest {

    private static final Duration TOTAL = Duration.ofSeconds(300);
    private static final Duration FIRST = Duration.ofSeconds(120);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STREAM = Duration.ofSeconds(3_600);

    /** Near the end of the range, so that the ticks wrap around inside every test. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    private final DeadlineTimer timer = new DeadlineTimer(now::get);
    private final Timeouts timeouts = new Timeouts(timer, FIRST, IDLE, null, STREAM);
    private final Cancellation callCancellation = new Cancellation();
    private final AtomicReference<Cancellation> inner = new AtomicReference<>();

    /** A stream that throws when its attempt was cancelled, and sends a ping otherwise. */
    private class Pings implements ChatStream {
        private int left;

        Pings(int left) {
            this.left = left;
        }

        @Override
        public @Nullable ChatEvent next() {
            throwIfCancelled();
            return left-- > 0 ? new ChatEvent.Ping(Wire.NONE) : null;
        }

        @Override
        public void close() {}
    }

    private void throwIfCancelled() {
        if (inner.get().isCancelled()) {
            throw inner.get().reasonOr(new GatewayException.Cancelled("without a reason"));
        }
    }

    private Attempt attempt(boolean stream) {
        Exchange exchange = new Exchange(
                "req_1",
                ChatRequest.builder("m").user("hi").stream(stream).build(),
                CallOptions.defaults(),
                now.get(),
                now.get() + TOTAL.toNanos());
        return new Attempt(exchange, new RouteTarget(new NamedProvider("upstream"), "m"), callCancellation);
    }

    private ChatStream open(boolean stream, int events) {
        return timeouts.intercept(attempt(stream), attempt -> {
            inner.set(attempt.cancellation());
            return new Pings(events);
        });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        timer.tick();
    }

    private TimedOut ended() {
        assertThat(inner.get().isCancelled()).isTrue();
        return (TimedOut) inner.get().reasonOr(new GatewayException.Cancelled("without a reason"));
    }

    @Test
    void endsAStreamWhoseFirstEventDoesNotCome() {
        open(true, 1);

        pass(FIRST.minusNanos(1));
        assertThat(inner.get().isCancelled()).isFalse();
        pass(Duration.ofNanos(1));

        assertThat(ended()).hasMessage("provider \"upstream\" sent nothing for 120 s");
        assertThat(ended().mayFailOver()).isTrue();
    }

    @Test
    void endsAnAttemptThatIsNotEvenAnswered() {
        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> timeouts.intercept(attempt(true), attempt -> {
                    inner.set(attempt.cancellation());
                    pass(FIRST);
                    throwIfCancelled();
                    return new Pings(1);
                }));
        assertThat(timer.watched()).isZero();
    }

    private static ChatEvent text() {
        return new ChatEvent.TextDelta(0, 0, "so", Wire.NONE);
    }

    private static ChatEvent partStarted() {
        return new ChatEvent.PartStarted(0, 0, new Content.Text(""), Wire.NONE);
    }

    private static ChatEvent partEnded() {
        return new ChatEvent.PartEnded(0, 0, Wire.NONE);
    }

    /** A stream that says these, and then nothing for a time. */
    private ChatStream falling(Duration silence, ChatEvent... events) {
        ChatStream stream = timeouts.intercept(attempt(true), attempt -> {
            inner.set(attempt.cancellation());
            return new Pings(0) {
                private int next;

                @Override
                public @Nullable ChatEvent next() {
                    if (next < events.length) {
                        return events[next++];
                    }
                    pass(silence);
                    return super.next();
                }
            };
        });
        for (ChatEvent ignored : events) {
            stream.next();
        }
        return stream;
    }

    @Test
    void endsAStreamThatFallsSilentInsideAText() {
        ChatStream stream = falling(IDLE, partStarted(), text(), new ChatEvent.Ping(Wire.NONE));

        assertThatThrownBy(stream::next)
                .isInstanceOf(TimedOut.class)
                .hasMessage("provider \"upstream\" fell silent inside its answer for 60 s");
        assertThat(ended().mayFailOver()).isTrue();
        assertThat(timer.watched()).isZero();
    }

    /** There a model may think, which nobody hears. */
    @Test
    void waitsLongerBeforeAndBetweenTheParts() {
        for (ChatEvent[] told : new ChatEvent[][] {
            {new ChatEvent.Started("id", "m", 0, null, null, Wire.NONE)}, {partStarted()}, {text(), partEnded()}
        }) {
            assertThat(falling(FIRST.minusNanos(1), told).next()).isNull();
            ChatStream stream = falling(FIRST, told);
            assertThatThrownBy(stream::next)
                    .hasMessage("provider \"upstream\" fell silent inside its answer for 120 s");
        }
    }

    @Test
    void doesNotCountTheReadersOwnTimeAsSilence() {
        ChatStream stream = open(true, 3);
        stream.next();

        pass(IDLE.multipliedBy(2));
        stream.next();
        pass(IDLE.multipliedBy(2));

        assertThat(inner.get().isCancelled()).isFalse();
    }

    @Test
    void givesAWholeAnswerAllTheTimeOfTheCall() {
        open(false, 1);

        pass(TOTAL.minusNanos(1));
        assertThat(inner.get().isCancelled()).isFalse();
        pass(Duration.ofNanos(1));

        assertThat(ended().mayFailOver()).isFalse();
        assertThat(ended()).hasMessage("the time for the whole call is up");
    }

    private static int secondsOf(ChatStream stream, TimeoutsTest test) {
        for (int second = 0; ; second++) {
            try {
                stream.next();
            } catch (TimedOut e) {
                assertThat(e).hasMessage("the time for the whole call is up");
                return second;
            }
            test.pass(Duration.ofSeconds(1));
        }
    }

    private ChatStream endless(CallOptions options, ChatEvent event) {
        Attempt usual = attempt(true);
        Attempt attempt = new Attempt(usual.exchange().withOptions(options), usual.target(), callCancellation);
        return timeouts.intercept(attempt, it -> {
            inner.set(it.cancellation());
            return new Pings(1) {
                @Override
                public ChatEvent next() {
                    throwIfCancelled();
                    return event;
                }
            };
        });
    }

    @Test
    void endsAStreamWithoutContentWhenTheCallIsOutOfTimeAlthoughEventsCome() {
        assertThat(secondsOf(endless(CallOptions.defaults(), new ChatEvent.Ping(Wire.NONE)), this))
                .isEqualTo((int) TOTAL.toSeconds());
        assertThat(ended().mayFailOver()).isFalse();
    }

    @Test
    void letsAStreamThatTellsItsContentGoOnUpToItsOwnLimit() {
        assertThat(secondsOf(endless(CallOptions.defaults(), text()), this)).isEqualTo((int) STREAM.toSeconds());
    }

    @Test
    void endsAStreamAtTheTimeThatItsCallerHasSet() {
        assertThat(secondsOf(endless(CallOptions.defaults().withTimeout(TOTAL), text()), this))
                .isEqualTo((int) TOTAL.toSeconds());
    }

    @Test
    void startsNoAttemptWithoutTime() {
        Attempt late = attempt(true);
        pass(TOTAL);

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> timeouts.intercept(late, attempt -> {
                    throw new AssertionError("it must not be made");
                }));
    }

    @Test
    void leavesTheAttemptsOwnCancellationForAnotherTry() {
        open(true, 1);
        pass(FIRST);

        assertThat(inner.get().isCancelled()).isTrue();
        assertThat(callCancellation.isCancelled()).isFalse();
    }

    @Test
    void passesOnThatTheCallerLeft() {
        open(true, 1);
        callCancellation.cancel(new GatewayException.Cancelled("the caller left"));

        assertThatThrownBy(this::throwIfCancelled).hasMessage("the caller left");
    }

    @Test
    void forgetsACallThatIsOver() {
        open(true, 0).next();
        assertThat(timer.watched()).isZero();

        open(true, 5).close();
        assertThat(timer.watched()).isZero();

        assertThatThrownBy(() -> timeouts.intercept(attempt(true), attempt -> {
                    throw new GatewayException.InvalidRequest(null, "no");
                }))
                .hasMessage("no");
        assertThat(timer.watched()).isZero();
    }

    @Test
    void survivesACancellationThatFails() {
        open(true, 1);
        inner.get().onCancel(() -> {
            throw new IllegalStateException("closing failed");
        });
        Cancellation first = inner.get();
        open(true, 1);

        pass(FIRST);

        assertThat(first.isCancelled()).isTrue();
        assertThat(inner.get().isCancelled()).isTrue();
        assertThat(timer.watched()).isZero();
    }

    @Test
    void endsAWholeAnswerThatTakesLongerThanItsOwnLimit() {
        Duration limit = Duration.ofSeconds(90);
        Timeouts limited = new Timeouts(timer, FIRST, IDLE, limit, STREAM);
        ChatStream answer = limited.intercept(attempt(false), attempt -> {
            inner.set(attempt.cancellation());
            return new Pings(2);
        });

        answer.next();
        pass(limit.minusNanos(1));
        assertThat(inner.get().isCancelled()).isFalse();
        pass(Duration.ofNanos(1));

        assertThat(ended()).hasMessage("provider \"upstream\" did not answer within 90 s");
        assertThat(ended().mayFailOver()).isTrue();
    }

    @Test
    void theLimitOfWholeAnswersIsNotThatOfStreams() {
        Timeouts limited = new Timeouts(timer, FIRST, IDLE, Duration.ofSeconds(1), STREAM);
        limited.intercept(attempt(true), attempt -> {
            inner.set(attempt.cancellation());
            return new Pings(2);
        });

        pass(Duration.ofSeconds(2));

        assertThat(inner.get().isCancelled()).isFalse();
    }

    @Test
    void refusesLimitsOfNoTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(timer, Duration.ZERO, IDLE))
                .withMessageContaining("first event");
    }
}
