package dev.llmgateway.ir.embeddings;

import dev.llmgateway.ir.Vector;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.Base64Variant.PaddingReadBehaviour;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads vectors in either format into one buffer, so that none of their numbers becomes an object. For one answer. */
final class VectorReader {

    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);

    private float[] buffer = new float[2048];

    /** Reads the vector at whose first token the parser stands. */
    Vector read(JsonParser json) {
        int dimensions = switch (json.currentToken()) {
            case START_ARRAY -> numbers(json);
            case VALUE_STRING -> base64(json.getBinaryValue(BASE64));
            default -> throw new MalformedAnswerException("an embedding is neither an array nor Base64");
        };
        if (dimensions == 0) {
            throw new MalformedAnswerException("an embedding is empty");
        }
        for (int i = 0; i < dimensions; i++) {
            if (!Float.isFinite(buffer[i])) {
                throw new MalformedAnswerException("an embedding has something that is no finite number");
            }
        }
        return Vector.of(buffer, dimensions);
    }

    private int numbers(JsonParser json) {
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null || !token.isNumeric()) {
                throw new MalformedAnswerException("an embedding has something that is no number");
            }
            makeRoom(count + 1);
            buffer[count++] = json.getFloatValue();
        }
        return count;
    }

    private int base64(byte[] bytes) {
        if (bytes.length % Float.BYTES != 0) {
            throw new MalformedAnswerException("an embedding's Base64 is not of numbers of 32 bits");
        }
        int count = bytes.length / Float.BYTES;
        makeRoom(count);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(buffer, 0, count);
        return count;
    }

    private void makeRoom(int dimensions) {
        if (dimensions > RequestDecoder.MOST_DIMENSIONS) {
            throw new MalformedAnswerException(
                    "an embedding has more than " + RequestDecoder.MOST_DIMENSIONS + " dimensions");
        }
        if (dimensions > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(dimensions, buffer.length * 2));
        }
    }
}
