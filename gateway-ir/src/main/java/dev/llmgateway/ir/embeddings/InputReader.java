package dev.llmgateway.ir.embeddings;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.TokenIds;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what is to be embedded: a text, several, a text's tokens, or several texts' tokens. For one request. */
final class InputReader {

    /** As many as OpenAI takes. */
    static final int MOST_INPUTS = 2048;

    private static final String KINDS =
            "a string, an array of strings, an array of token ids or an array of such arrays";

    private final JsonParser json;
    private final List<Content> inputs = new ArrayList<>();
    private int[] ids = new int[64];

    private InputReader(JsonParser json) {
        this.json = json;
    }

    /** Reads the value at whose first token the parser stands. */
    static List<Content> read(JsonParser json) {
        return new InputReader(json).read();
    }

    private List<Content> read() {
        switch (json.currentToken()) {
            case VALUE_STRING -> inputs.add(text(Members.INPUT));
            case START_ARRAY -> elements();
            default -> throw invalid(Members.INPUT, "must be " + KINDS);
        }
        return inputs;
    }

    private void elements() {
        JsonToken first = json.nextToken();
        switch (first) {
            case END_ARRAY -> throw invalid(Members.INPUT, "must not be empty");
            case VALUE_NUMBER_INT -> inputs.add(tokens(Members.INPUT));
            case VALUE_STRING, START_ARRAY -> several(first);
            default -> throw invalid(place(), "must be a string, a token id or an array of token ids");
        }
    }

    private void several(JsonToken kind) {
        for (JsonToken token = kind; token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != kind) {
                String like = kind == JsonToken.VALUE_STRING ? "a string" : "an array of token ids";
                throw invalid(place(), "must be " + like + " like the elements before it");
            }
            if (inputs.size() == MOST_INPUTS) {
                throw invalid(
                        Members.INPUT, "must not have more than " + MOST_INPUTS + " elements: send several requests");
            }
            if (kind == JsonToken.VALUE_STRING) {
                inputs.add(text(place()));
            } else {
                json.nextToken();
                inputs.add(tokens(place()));
            }
        }
    }

    private Content text(String place) {
        String text = json.getString();
        if (text.isEmpty()) {
            throw invalid(place, "must not be empty");
        }
        return new Content.Text(text);
    }

    /** The rest of an array at whose first element the parser stands. */
    private Content tokens(String place) {
        int count = 0;
        for (JsonToken token = json.currentToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_NUMBER_INT
                    || json.getNumberType() != JsonParser.NumberType.INT
                    || json.getIntValue() < 0) {
                throw invalid(place + "[" + count + "]", "must be a token id: a whole number from 0 to 2147483647");
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count++] = json.getIntValue();
        }
        if (count == 0) {
            throw invalid(place, "must not be empty");
        }
        return new Content.Tokens(TokenIds.of(ids, count));
    }

    private String place() {
        return Members.INPUT + "[" + inputs.size() + "]";
    }

    private static InvalidRequestFormatException invalid(String place, String message) {
        return new InvalidRequestFormatException(place, message);
    }
}
