package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import java.util.List;

/**
 * One wire dialect, both directions. Implementations hold no state and are thread safe; the stream codecs they hand out
 * are for one stream and one thread each.
 *
 * <p>Client side: {@link #decodeRequest}, {@link #encodeResponse}, {@link #eventEncoder}, {@link #statusOf},
 * {@link #encodeError}, {@link #encodeModels}. Provider side: {@link #encodeRequest}, {@link #decodeResponse}, {@link #eventDecoder}, {@link
 * #decodeError}, {@link #decodeModels}.
 */
public interface DialectCodec {

    Dialect dialect();

    /**
     * Reads a client's request. The result remembers the body.
     *
     * @throws InvalidRequestFormatException when the body is not a request of this dialect
     */
    ChatRequest decodeRequest(byte[] body);

    /**
     * Writes a request for a provider. When the request still holds its body in this dialect, that body is sent with only
     * its top members spliced (model, streaming, what the target needs under another name).
     *
     * @throws UntranslatableException when the target cannot express something that matters
     */
    EncodedRequest encodeRequest(ChatRequest request, Target target);

    /**
     * Reads a provider's complete answer, which remembers its body.
     *
     * @throws ProviderStreamException when it is an error in place of an answer, whatever its HTTP status said
     * @throws MalformedAnswerException when it is not an answer of this dialect
     */
    ChatResponse decodeResponse(byte[] body, Target target);

    /** Writes an answer for the client that sent {@code request}. */
    byte[] encodeResponse(ChatResponse response, ChatRequest request);

    /** Reads a provider's stream. */
    EventDecoder eventDecoder(Target target);

    /** Writes a stream for the client that sent {@code request}. */
    EventEncoder eventEncoder(ChatRequest request);

    /**
     * Reads a provider's error body. Never fails: a body that is not this dialect's gives the kind that the status tells.
     *
     * @param status the HTTP status, 400 or above
     */
    WireError decodeError(int status, byte[] body);

    /** The HTTP status with which clients of this dialect know an error: mostly its own. */
    int statusOf(WireError error);

    /**
     * Writes an error for a client.
     *
     * @param requestId our id of the request
     */
    byte[] encodeError(WireError error, String requestId);

    /**
     * Reads a provider's model list.
     *
     * @throws MalformedAnswerException when it is not a model list of this dialect
     */
    List<ModelInfo> decodeModels(byte[] body);

    /** Writes a model list. */
    byte[] encodeModels(List<ModelInfo> models);

    /** Writes one model, as it stands in a list. */
    byte[] encodeModel(ModelInfo model);
}
