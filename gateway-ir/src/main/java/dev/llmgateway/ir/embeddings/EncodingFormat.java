package dev.llmgateway.ir.embeddings;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.json.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** How vectors are written. */
enum EncodingFormat {
    /** An array of JSON numbers. */
    FLOAT,
    /** The numbers' 32 bits, the lowest byte first, in Base64. */
    BASE64;

    private static final String BASE64_WORD = "base64";

    static boolean isWord(String word) {
        return word.equals("float") || word.equals(BASE64_WORD);
    }

    /** The format that a client asked for, which is of numbers unless it says otherwise. */
    static EncodingFormat wanted(ChatRequest request) {
        JsonNode format = request.extras().member(Dialect.OPENAI_EMBEDDINGS, Members.ENCODING_FORMAT);
        return format != null && format.isString() && format.stringValue().equals(BASE64_WORD) ? BASE64 : FLOAT;
    }

    /** The format of an answer's vectors, by the first one. */
    static EncodingFormat of(byte[] answer) {
        return Json.read(answer, EncodingFormat::ofFirst);
    }

    private static EncodingFormat ofFirst(JsonParser json) {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME && json.currentName().equals(Members.EMBEDDING)) {
                return json.nextToken() == JsonToken.VALUE_STRING ? BASE64 : FLOAT;
            }
        }
        return FLOAT;
    }
}
