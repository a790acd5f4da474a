package dev.llmgateway.store.recording;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Measures how long the reader of an answer waits for it, and not what the reader does between two events. */
final class TimedChatStream extends ForwardingChatStream {

    private final Ticker ticker;
    private volatile long nanos;

    TimedChatStream(ChatStream delegate, Ticker ticker, long before) {
        super(delegate);
        this.ticker = ticker;
        this.nanos = before;
    }

    @Override
    public @Nullable ChatEvent next() {
        long start = ticker.read();
        try {
            return super.next();
        } finally {
            add(ticker.read() - start);
        }
    }

    /** There is one reader, so that nothing is lost between reading and writing. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(long more) {
        nanos += more;
    }

    long nanos() {
        return nanos;
    }
}
