package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.function.Consumer;

/** Reads one provider's stream, event by event. For one stream and one thread. */
public interface EventDecoder {

    /**
     * Decodes one event into any number of canonical ones. {@link ChatEvent.Started} comes first, exactly once.
     *
     * @throws ProviderStreamException when the provider reports an error inside the stream
     * @throws MalformedAnswerException when the event is not of this dialect
     */
    void decode(SseEvent event, Consumer<ChatEvent> out);

    /**
     * True once the dialect's terminator was seen ({@code [DONE]}, {@code message_stop}): what follows is not read.
     */
    boolean isComplete();

    /**
     * The bytes ended. Emits what was held back.
     *
     * @throws MalformedAnswerException when the answer is not complete: the end of the bytes alone is no success
     */
    void end(Consumer<ChatEvent> out);
}
