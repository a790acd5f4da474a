package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.JsonWriter;

/** The bodies of {@code POST /v1/messages/count_tokens}. */
public final class CountTokens {

    private CountTokens() {}

    /**
     * Reads the request whose tokens are to be counted: a Messages request without {@code max_tokens}.
     *
     * @throws InvalidRequestFormatException when the body is not such a request
     */
    public static ChatRequest decode(byte[] body) {
        return RequestDecoder.decode(body, true);
    }

    /** Writes the answer. */
    public static byte[] encode(long inputTokens) {
        return new JsonWriter(32)
                .object()
                .number("input_tokens", inputTokens)
                .endObject()
                .toBytes();
    }
}
