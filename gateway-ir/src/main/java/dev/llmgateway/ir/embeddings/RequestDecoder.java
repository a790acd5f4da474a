package dev.llmgateway.ir.embeddings;

import static dev.llmgateway.ir.Dialect.OPENAI_EMBEDDINGS;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.ShownModel;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.node.ObjectNode;

/** Reads a client's request. */
final class RequestDecoder {

    /** No model's vectors come near it. */
    static final int MOST_DIMENSIONS = 65_536;

    private static final Set<String> READ = Set.of(Members.MODEL, Members.USER);

    private final ObjectNode others = Json.mapper().createObjectNode();
    private @Nullable List<Content> inputs;

    private RequestDecoder() {}

    static ChatRequest decode(byte[] body) {
        RequestDecoder decoder = new RequestDecoder();
        JsonDocument document = JsonDocument.read(body, decoder::member);
        return decoder.request(document);
    }

    private void member(String name, JsonParser value) {
        if (name.equals(Members.INPUT)) {
            inputs = InputReader.read(value);
        } else {
            others.set(name, Json.mapper().readTree(value));
        }
    }

    private ChatRequest request(JsonDocument document) {
        RequestField body = RequestField.root(others);
        if (inputs == null) {
            throw new InvalidRequestFormatException(Members.INPUT, "is required");
        }
        checkDimensions(body);
        checkFormat(body);
        ChatRequest.Builder request =
                ChatRequest.builder(body.has(Members.MODEL) ? body.requireName(Members.MODEL) : ShownModel.AUTO);
        for (Content input : inputs) {
            request.message(new Message(Role.USER, List.of(input)));
        }
        return request.maxOutputTokens(0)
                .endUser(body.optText(Members.USER))
                .extras(body.extras(OPENAI_EMBEDDINGS, READ))
                .decodedFrom(OPENAI_EMBEDDINGS, document)
                .build();
    }

    private static void checkDimensions(RequestField body) {
        Long dimensions = body.optLong(Members.DIMENSIONS);
        if (dimensions != null && (dimensions < 1 || dimensions > MOST_DIMENSIONS)) {
            throw body.require(Members.DIMENSIONS).invalid("must be from 1 to " + MOST_DIMENSIONS);
        }
    }

    private static void checkFormat(RequestField body) {
        String format = body.optText(Members.ENCODING_FORMAT);
        if (format != null && !EncodingFormat.isWord(format)) {
            throw body.require(Members.ENCODING_FORMAT).invalid("must be \"float\" or \"base64\"");
        }
    }
}
