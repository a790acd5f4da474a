package dev.llmgateway.providers.simulated;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What reading a request has in common for both dialects. */
final class Prompts {
    private static final int CHARS_PER_TOKEN = 4;
    private static final int TOKENS_PER_MESSAGE = 3;
    private static final int TOKENS_PER_IMAGE = 85;

    private Prompts() {}

    static JsonNode object(ReceivedRequest request) {
        try {
            JsonNode body = request.json();
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw new BadPrompt("We could not parse the JSON body of your request.");
        }
        throw new BadPrompt("The body of the request is not a JSON object.");
    }

    static String required(String value, String complaint) {
        if (value.isEmpty()) {
            throw new BadPrompt(complaint);
        }
        return value;
    }

    static JsonNode lastOfRole(JsonNode messages, String role) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).path("role").asString("").equals(role)) {
                return messages.get(i);
            }
        }
        return MissingNode.getInstance();
    }

    /** A content's text: itself, or that of its text parts. */
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content.values()) {
            String piece = part.path("text").asString("");
            if (!piece.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n").append(piece);
            }
        }
        return text.toString();
    }

    static int count(JsonNode content, String type) {
        int count = 0;
        for (JsonNode part : content.values()) {
            if (part.path("type").asString("").equals(type)) {
                count++;
            }
        }
        return count;
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        for (JsonNode node : array.values()) {
            strings.add(node.asString(""));
        }
        return strings;
    }

    /** A rough count for whole messages, at least 1: the same messages always count the same. */
    static int tokens(JsonNode messages) {
        long chars = 0;
        int images = 0;
        for (JsonNode message : messages.values()) {
            JsonNode content = message.path("content");
            chars += text(content).length();
            images += count(content, "image_url") + count(content, "image");
            for (JsonNode part : content.values()) {
                chars += text(part.path("content")).length();
            }
        }
        long tokens = (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN
                + (long) messages.size() * TOKENS_PER_MESSAGE
                + (long) images * TOKENS_PER_IMAGE;
        return (int) Math.clamp(tokens, 1, Integer.MAX_VALUE);
    }
}
