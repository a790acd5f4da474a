package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonText;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Puts another model name into the response object of a frame. */
final class ModelSplice {

    private final byte[] model;

    ModelSplice(String model) {
        this.model = Json.mapper().writeValueAsBytes(JsonText.wellFormed(model));
    }

    /** The frame with the other name; a frame that names no model is returned as it is. */
    byte[] splice(byte[] frame) {
        try (JsonParser parser = Json.mapper().createParser(frame)) {
            parser.nextToken();
            if (!enter(parser, "response")
                    || !enter(parser, "model")
                    || parser.currentToken() != JsonToken.VALUE_STRING) {
                return frame;
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.finishToken();
            return splice(frame, start, (int) parser.currentLocation().getByteOffset());
        } catch (JacksonException e) {
            return frame;
        }
    }

    /** Goes to the value of a member of the object that begins here; false when there is none. */
    private static boolean enter(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(name);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private byte[] splice(byte[] frame, int start, int end) {
        byte[] spliced = Arrays.copyOf(frame, frame.length - (end - start) + model.length);
        System.arraycopy(model, 0, spliced, start, model.length);
        System.arraycopy(frame, end, spliced, start + model.length, frame.length - end);
        return spliced;
    }
}
