package dev.llmgateway.api.replay;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.EventChain.Link;
import dev.llmgateway.ir.ChatEvent;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One reader of a {@link SharedAnswer}, whose lock guards its fields. */
final class SharedReader implements ChatStream {

    private final SharedAnswer shared;
    private final Cancellation cancellation;
    private final long deadline;
    private final boolean endsStreams;
    private final boolean isLeader;
    private volatile boolean hasContent;
    private final Runnable whenCancelled = this::cancelled;

    /** The event that was read last; null when the reader has left. */
    @Nullable
    Link at;

    /** Whether it was told what it has to pay. */
    boolean isCharged;

    /** Null as long as it has not left, and when it was merely closed. */
    private @Nullable GatewayException leftBecause;

    SharedReader(SharedAnswer shared, Exchange exchange, boolean isLeader) {
        this.shared = shared;
        this.cancellation = exchange.options().cancellation();
        this.deadline = exchange.deadline();
        this.endsStreams = exchange.endsStreams();
        this.isLeader = isLeader;
    }

    /** From now on a cancellation of the reader's own call makes it leave. */
    void watch() {
        cancellation.onCancel(whenCancelled);
    }

    private void cancelled() {
        shared.leave(this, cancellation.reasonOr(new GatewayException.Cancelled("the call was cancelled")));
    }

    boolean isLeader() {
        return isLeader;
    }

    /** Waits for a change, or less, by the answer's lock; returns why the reader has to leave, or null. */
    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    @Nullable
    GatewayException await(Condition changed, Ticker ticker) {
        // Who reads a stream that the gateway's own time does not end, waits for as long as that lasts.
        long left = endsStreams || !hasContent ? deadline - ticker.read() : Long.MAX_VALUE;
        if (left <= 0) {
            return new GatewayException.TimedOut("the time for the whole call is up", true);
        }
        try {
            long unused = changed.awaitNanos(left);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new GatewayException.Cancelled("the calling thread was interrupted");
        }
    }

    /** Where the reader is. */
    Link requirePresent() {
        if (at == null) {
            throw leftBecause == null ? closed() : leftBecause;
        }
        return at;
    }

    boolean isFarBehind(EventChain events) {
        return at != null && events.isFarBehind(at);
    }

    /** Made when it is needed: nearly every stream is closed and nobody asks why, and to look up the stack takes long. */
    static GatewayException closed() {
        return new GatewayException.Cancelled("the stream was closed");
    }

    /** The reader leaves; null when it was merely closed. */
    void gone(@Nullable GatewayException why) {
        leftBecause = why;
        at = null;
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent event = shared.next(this);
        hasContent |= event instanceof ChatEvent.Delta || event instanceof ChatEvent.VendorDelta;
        return event == null || isLeader ? event : RecordedAnswer.again(event);
    }

    @Override
    public boolean ready() {
        return shared.isReady(this);
    }

    @Override
    public @Nullable Charge charge(Charge read) {
        return shared.charge(this, read);
    }

    @Override
    public void close() {
        cancellation.forget(whenCancelled);
        shared.close(this);
    }
}
