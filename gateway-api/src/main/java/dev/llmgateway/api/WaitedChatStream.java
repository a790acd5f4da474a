package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Measures how long a provider's answer is waited for, event by event, and tells it once, when the answer is over or closed. */
final class WaitedChatStream extends ForwardingChatStream {

    private final Exchange exchange;
    private final Ticker ticker;
    private final AtomicBoolean isTold = new AtomicBoolean();
    private volatile long waited;

    WaitedChatStream(ChatStream delegate, Exchange exchange, Ticker ticker) {
        super(delegate);
        this.exchange = exchange;
        this.ticker = ticker;
    }

    @Override
    public @Nullable ChatEvent next() {
        long start = ticker.read();
        ChatEvent event = null;
        try {
            event = super.next();
            return event;
        } finally {
            add(ticker.read() - start);
            if (event == null) {
                tell();
            }
        }
    }

    /** There is one reader, so that nothing is lost between reading and writing. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(long nanos) {
        waited += nanos;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            tell();
        }
    }

    private void tell() {
        if (isTold.compareAndSet(false, true)) {
            exchange.listener().providersWaited(exchange, Duration.ofNanos(waited));
        }
    }
}
