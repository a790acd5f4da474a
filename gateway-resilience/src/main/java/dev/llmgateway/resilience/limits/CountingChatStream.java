package dev.llmgateway.resilience.limits;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.ir.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Tells a settlement what is read. */
final class CountingChatStream extends ForwardingChatStream {

    private final Settlement settlement;

    CountingChatStream(ChatStream delegate, Settlement settlement) {
        super(delegate);
        this.settlement = settlement;
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent event = super.next();
        if (event instanceof ChatEvent.Delta delta) {
            settlement.read(delta.text());
        }
        return event;
    }
}
