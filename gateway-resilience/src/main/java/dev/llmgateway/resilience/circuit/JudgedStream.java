package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.ir.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Tells how an answer ended. */
final class JudgedStream extends ForwardingChatStream {

    private final Trial trial;

    JudgedStream(ChatStream delegate, Trial trial) {
        super(delegate);
        this.trial = trial;
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent event;
        try {
            event = super.next();
        } catch (RuntimeException | Error e) {
            trial.threw(e);
            throw e;
        }
        if (event == null) {
            trial.succeeded();
        } else {
            trial.begun();
        }
        return event;
    }

    /** Says so first: closing makes a reader in {@link #next} fail. */
    @Override
    public void close() {
        trial.left();
        super.close();
    }
}
