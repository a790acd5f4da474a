package dev.llmgateway.api;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A stream of which the events up to the first content have been read ahead. */
final class CommittedChatStream extends ForwardingChatStream {

    /** A provider that sends only pings and headers for longer than this is committed to, so that memory stays bounded. */
    private static final int MAX_AHEAD = 256;

    private final Deque<ChatEvent> ahead;

    private CommittedChatStream(ChatStream delegate, Deque<ChatEvent> ahead) {
        super(delegate);
        this.ahead = ahead;
    }

    /**
     * Reads up to the first content, or to the end of an answer without any.
     *
     * @throws GatewayException when the stream breaks off before; the caller closes it
     */
    static ChatStream commit(ChatStream stream) {
        Deque<ChatEvent> ahead = new ArrayDeque<>();
        ChatEvent event;
        do {
            event = stream.next();
            if (event != null) {
                ahead.add(event);
            }
        } while (event != null && !isContent(event) && ahead.size() < MAX_AHEAD);
        return new CommittedChatStream(stream, ahead);
    }

    private static boolean isContent(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta delta -> !delta.text().isEmpty();
            case ChatEvent.PartStarted part -> part.initial() instanceof Content.ToolCall;
            case ChatEvent.TokenAttached ignored -> true;
            case ChatEvent.VendorDelta ignored -> true;
            case ChatEvent.Finished ignored -> true;
            case ChatEvent.Started ignored -> false;
            case ChatEvent.PartEnded ignored -> false;
            case ChatEvent.UsageReported ignored -> false;
            case ChatEvent.Ping ignored -> false;
            case ChatEvent.Vendor ignored -> false;
        };
    }

    @Override
    public @Nullable ChatEvent next() {
        ChatEvent first = ahead.poll();
        return first != null ? first : super.next();
    }

    @Override
    public boolean ready() {
        return !ahead.isEmpty() || super.ready();
    }
}
