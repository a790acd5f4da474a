package dev.llmgateway.ir.embeddings;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiFormat;
import dev.llmgateway.ir.sse.SseEvent;
import java.util.function.Consumer;

/**
 * OpenAI's Embeddings, as Azure, DeepInfra, Google, Ollama and vLLM serve them too. A request's inputs are user messages of
 * one part each; an answer is one choice whose parts are the vectors in the inputs' order. Nothing streams. Holds no state and
 * is thread safe. Errors and model lists are the same as in Chat Completions.
 */
public final class OpenAiEmbeddingsCodec extends OpenAiFormat {

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_EMBEDDINGS;
    }

    @Override
    public ChatRequest decodeRequest(byte[] body) {
        return RequestDecoder.decode(body);
    }

    @Override
    public EncodedRequest encodeRequest(ChatRequest request, Target target) {
        return RequestEncoder.encode(request, target);
    }

    @Override
    public ChatResponse decodeResponse(byte[] body, Target target) {
        return ResponseDecoder.decode(body);
    }

    @Override
    public byte[] encodeResponse(ChatResponse response, ChatRequest request) {
        return ResponseEncoder.encode(response, request);
    }

    /** Refuses every event: a provider that streams vectors does not speak this dialect. */
    @Override
    public EventDecoder eventDecoder(Target target) {
        return new NoEvents();
    }

    /**
     * There is none.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public EventEncoder eventEncoder(ChatRequest request) {
        throw new UnsupportedOperationException("embeddings come whole: no client can ask for a stream of them");
    }

    private static final class NoEvents implements EventDecoder {

        @Override
        public void decode(SseEvent event, Consumer<ChatEvent> out) {
            throw new MalformedAnswerException("it is a stream, and embeddings come whole");
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void end(Consumer<ChatEvent> out) {
            throw new MalformedAnswerException("it is a stream, and embeddings come whole");
        }
    }
}
