package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.sse.SseBuffer;

/** Writes one client's stream, event by event. For one stream and one thread. */
public interface EventEncoder {

    /** Appends what this event is in the client's dialect, which may be nothing. */
    void encode(ChatEvent event, SseBuffer out);

    /** The answer is complete: appends what is still due, and the terminator. */
    void finish(SseBuffer out);

    /** The answer broke off: appends an error event, so that no client takes it for complete. */
    void fail(WireError error, SseBuffer out);

    /** Appends something that the client ignores but that keeps the connection alive. */
    void keepAlive(SseBuffer out);
}
