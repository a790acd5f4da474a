package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.openai.OpenAiFormat;

/**
 * OpenAI's Responses API, as OpenAI and Azure serve it and as agents such as Codex speak it. Holds no state and is thread
 * safe. Errors and model lists are the same as in Chat Completions.
 */
public final class OpenAiResponsesCodec extends OpenAiFormat {

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
    }

    @Override
    public ChatRequest decodeRequest(byte[] body) {
        return RequestDecoder.decode(body);
    }

    /**
     * Reads a client's request with the items themselves in the places of the references that are known. Those that are not
     * stay as they are: OpenAI may know them.
     *
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when the body is not a request of this dialect
     */
    public ChatRequest decodeRequest(byte[] body, KnownItems known) {
        ChatRequest request = RequestDecoder.decode(body);
        if (!ItemReferences.areIn(request)) {
            return request;
        }
        byte[] whole = ItemReferences.resolve(body, known);
        return whole == body ? request : RequestDecoder.decode(whole);
    }

    @Override
    public EncodedRequest encodeRequest(ChatRequest request, Target target) {
        return RequestEncoder.encode(request, target);
    }

    @Override
    public ChatResponse decodeResponse(byte[] body, Target target) {
        return ResponseDecoder.decode(body, target);
    }

    @Override
    public byte[] encodeResponse(ChatResponse response, ChatRequest request) {
        return ResponseEncoder.encode(response, request);
    }

    @Override
    public EventDecoder eventDecoder(Target target) {
        return new StreamDecoder(target);
    }

    @Override
    public EventEncoder eventEncoder(ChatRequest request) {
        return new StreamEncoder(request);
    }
}
