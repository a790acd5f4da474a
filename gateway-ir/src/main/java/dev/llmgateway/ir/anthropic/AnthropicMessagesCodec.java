package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import java.util.List;

/**
 * Anthropic's Messages API, in its versions 2023-06-01 and 2026-10-21. Holds no state and is thread safe.
 *
 * <p>What a translation to Anthropic decides, beside the rules of the vendor:
 *
 * <ul>
 *   <li>{@code max_tokens}, which Anthropic requires, defaults to the model's largest answer, or to 4096 (plus the thinking
 *       budget) when that is unknown; a larger wish is lowered to the model's largest answer.
 *   <li>Tool arguments that are no JSON object travel as {@code {"raw_arguments": "<the text>"}}, and tools of free text as
 *       functions with that one parameter.
 *   <li>A thinking budget gives way to a forced tool, and to a tool call in the history that has no Anthropic thinking.
 *   <li>Instructions between an assistant turn and a user turn, where Anthropic takes none, open the user turn in a tag.
 * </ul>
 */
public final class AnthropicMessagesCodec implements DialectCodec {

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC_MESSAGES;
    }

    @Override
    public ChatRequest decodeRequest(byte[] body) {
        return RequestDecoder.decode(body, false);
    }

    @Override
    public EncodedRequest encodeRequest(ChatRequest request, Target target) {
        return RequestEncoder.encode(request, target);
    }

    @Override
    public ChatResponse decodeResponse(byte[] body, Target target) {
        return ResponseDecoder.decode(body, target.provider());
    }

    @Override
    public byte[] encodeResponse(ChatResponse response, ChatRequest request) {
        return ResponseEncoder.encode(response, request);
    }

    @Override
    public EventDecoder eventDecoder(Target target) {
        return new StreamDecoder(target.provider());
    }

    @Override
    public EventEncoder eventEncoder(ChatRequest request) {
        return new StreamEncoder(request);
    }

    @Override
    public WireError decodeError(int status, byte[] body) {
        return ErrorCodec.decode(status, body);
    }

    @Override
    public int statusOf(WireError error) {
        return ErrorCodec.shownStatus(error);
    }

    @Override
    public byte[] encodeError(WireError error, String requestId) {
        return ErrorCodec.encode(error, requestId);
    }

    @Override
    public List<ModelInfo> decodeModels(byte[] body) {
        return ModelList.decode(body);
    }

    @Override
    public byte[] encodeModels(List<ModelInfo> models) {
        return ModelList.encode(models);
    }

    @Override
    public byte[] encodeModel(ModelInfo model) {
        return ModelList.encode(model);
    }
}
