package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another stream. Stages extend it and override what they change. */
public abstract class ForwardingChatStream implements ChatStream {

    private final ChatStream delegate;

    protected ForwardingChatStream(ChatStream delegate) {
        this.delegate = delegate;
    }

    @Override
    public @Nullable ChatEvent next() {
        return delegate.next();
    }

    @Override
    public boolean ready() {
        return delegate.ready();
    }

    @Override
    public @Nullable Charge charge(Charge read) {
        return delegate.charge(read);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
