package dev.llmgateway.store.recording;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.ir.ChatEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is said in calls, for whoever listens to them; a {@link Recorder} adds it to its records. It belongs into {@link
 * dev.llmgateway.api.Stage#TRANSCRIPT}, so that what is kept is sanitized. Thread safe.
 *
 * <pre>{@code
 * Gateway.builder().stage(Stage.AUDIT, Recorder.to(writer)).stage(Stage.TRANSCRIPT, new Transcripts());
 * }</pre>
 */
public final class Transcripts implements Interceptor {

    private final BodyWriter writer = new BodyWriter();

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        CallTranscript transcript = CallTranscript.of(exchange.request(), writer);
        exchange.listener().transcribed(exchange, transcript);
        return new Heard(next.handle(exchange), transcript);
    }

    /** Keeps what passes. */
    private static final class Heard extends ForwardingChatStream {

        private final CallTranscript transcript;

        Heard(ChatStream answer, CallTranscript transcript) {
            super(answer);
            this.transcript = transcript;
        }

        @Override
        public @Nullable ChatEvent next() {
            ChatEvent event = super.next();
            if (event != null) {
                transcript.add(event);
            }
            return event;
        }
    }
}
