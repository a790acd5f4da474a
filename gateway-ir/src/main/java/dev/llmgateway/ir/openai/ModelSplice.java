package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Puts another model name into chunk after chunk. The chunks of one stream mostly begin with the same bytes, up to and
 * including the model; where they do, nothing needs to be parsed. For one stream.
 */
final class ModelSplice {

    private final byte[] model;

    /** The bytes up to the end of the model's value, as they came and as they go out; null before the first chunk. */
    private byte @Nullable [] before;

    private byte @Nullable [] after;

    ModelSplice(String model) {
        this.model = Json.mapper().writeValueAsBytes(JsonText.wellFormed(model));
    }

    /** The chunk with the other name; a chunk that names no model is returned as it is. */
    byte[] splice(byte[] chunk) {
        if (!beginsAsBefore(chunk) && !locate(chunk)) {
            return chunk;
        }
        byte[] from = before;
        byte[] to = after;
        if (from == null || to == null) {
            return chunk;
        }
        byte[] spliced = Arrays.copyOf(to, to.length + chunk.length - from.length);
        System.arraycopy(chunk, from.length, spliced, to.length, chunk.length - from.length);
        return spliced;
    }

    private boolean beginsAsBefore(byte[] chunk) {
        byte[] known = before;
        return known != null
                && chunk.length >= known.length
                && Arrays.equals(chunk, 0, known.length, known, 0, known.length);
    }

    private boolean locate(byte[] chunk) {
        try (JsonParser parser = Json.mapper().createParser(chunk)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals("model");
                JsonToken value = parser.nextToken();
                if (found && value == JsonToken.VALUE_STRING) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    remember(chunk, start, (int) parser.currentLocation().getByteOffset());
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void remember(byte[] chunk, int start, int end) {
        before = Arrays.copyOf(chunk, end);
        byte[] renamed = Arrays.copyOf(chunk, start + model.length);
        System.arraycopy(model, 0, renamed, start, model.length);
        after = renamed;
    }
}
