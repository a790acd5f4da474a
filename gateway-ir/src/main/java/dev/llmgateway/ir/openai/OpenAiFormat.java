package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.codec.WireError;
import java.util.List;

/** What is the same in all of OpenAI's formats: errors and model lists. Implementations hold no state and are thread safe. */
public abstract class OpenAiFormat implements DialectCodec {

    @Override
    public final WireError decodeError(int status, byte[] body) {
        return ErrorDecoder.decode(status, body);
    }

    /** Anthropic tells an empty purse as a bad request, which OpenAI's clients would look for in what they sent. */
    @Override
    public final int statusOf(WireError error) {
        return error.kind() == WireError.Kind.QUOTA_EXHAUSTED ? 429 : error.status();
    }

    @Override
    public final byte[] encodeError(WireError error, String requestId) {
        return ErrorEncoder.encode(error);
    }

    @Override
    public final List<ModelInfo> decodeModels(byte[] body) {
        return ModelListCodec.decode(body);
    }

    @Override
    public final byte[] encodeModels(List<ModelInfo> models) {
        return ModelListCodec.encode(models);
    }

    @Override
    public final byte[] encodeModel(ModelInfo model) {
        return ModelListCodec.encode(model);
    }
}
