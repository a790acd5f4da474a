package dev.llmgateway.providers;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.ir.ChatEvent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is there already. */
final class ListChatStream implements ChatStream {

    private final Iterator<ChatEvent> events;

    ListChatStream(List<ChatEvent> events) {
        this.events = events.iterator();
    }

    @Override
    public @Nullable ChatEvent next() {
        return events.hasNext() ? events.next() : null;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void close() {}
}
