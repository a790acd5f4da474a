package dev.llmgateway.resilience;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.resilience.words.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call that is watched. Its reader says what it waits for and since when; the timer's thread looks.
 *
 * <p>Ticks may wrap around, so they are only ever subtracted.
 */
final class Watch {

    /** What a reader waits for. */
    enum Wait {
        FIRST_EVENT,
        NEXT_EVENT,
        WHOLE_ANSWER
    }

    /** A wait that is limited; one object, so that the timer never sees half of it. */
    private record Waiting(Wait what, long since, Duration limit) {}

    private final Cancellation cancellation;
    private final String provider;
    private volatile long callDeadline;
    private volatile @Nullable Waiting waiting;

    Watch(Cancellation cancellation, String provider, long callDeadline) {
        this.cancellation = cancellation;
        this.provider = provider;
        this.callDeadline = callDeadline;
    }

    /** The call has more time than it had, never less. */
    void mayLastUntil(long tick) {
        if (tick - callDeadline > 0) {
            callDeadline = tick;
        }
    }

    /** The reader waits from now on. */
    void waitsFor(Wait what, long now, Duration limit) {
        waiting = new Waiting(what, now, limit);
    }

    /** The reader waits no longer: time that the reader takes itself is not the provider's. */
    void waitsNoLonger() {
        waiting = null;
    }

    /** Cancels the call when a limit has passed, and tells whether it did. */
    boolean endIfLate(long now) {
        if (now - callDeadline >= 0) {
            cancellation.cancel(outOfTime());
            return true;
        }
        Waiting current = waiting;
        if (current == null || now - current.since < current.limit.toNanos()) {
            return false;
        }
        cancellation.cancel(new GatewayException.TimedOut(silence(current), false));
        return true;
    }

    private String silence(Waiting wait) {
        return switch (wait.what) {
            case FIRST_EVENT -> "provider \"" + provider + "\" sent nothing for " + Durations.words(wait.limit);
            case NEXT_EVENT ->
                "provider \"" + provider + "\" fell silent inside its answer for " + Durations.words(wait.limit);
            case WHOLE_ANSWER -> "provider \"" + provider + "\" did not answer within " + Durations.words(wait.limit);
        };
    }

    static GatewayException outOfTime() {
        return new GatewayException.TimedOut("the time for the whole call is up", true);
    }
}
