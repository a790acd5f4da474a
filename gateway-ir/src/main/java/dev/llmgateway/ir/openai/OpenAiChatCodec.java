package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.Target;

/**
 * OpenAI's Chat Completions and its close copies, in both directions. How a copy differs is told by the target's {@link
 * dev.llmgateway.ir.codec.ModelTraits} where it must be known beforehand, and otherwise recognised from what it sends.
 */
public final class OpenAiChatCodec extends OpenAiFormat {

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
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
        return ResponseDecoder.decode(body, target);
    }

    @Override
    public byte[] encodeResponse(ChatResponse response, ChatRequest request) {
        return ResponseEncoder.encode(response, request);
    }

    @Override
    public EventDecoder eventDecoder(Target target) {
        return new ChatEventDecoder(target.traits().isGoogleCompatible());
    }

    @Override
    public EventEncoder eventEncoder(ChatRequest request) {
        return new ChatEventEncoder(request);
    }
}
