package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an assistant said, in the words of Responses, in a message with a part of a type that only OpenAI knows. Such a message
 * stays whole for OpenAI; for others it is taken apart, so that they lose that part alone.
 */
public final class MixedMessages {

    private MixedMessages() {}

    /** The request for another format; the same one when it has no such message. */
    public static ChatRequest apart(ChatRequest request) {
        boolean hasMixed = request.dialect() == OPENAI_RESPONSES
                && request.messages().stream()
                        .flatMap(message -> message.content().stream())
                        .anyMatch(MixedMessages::isMixed);
        return hasMixed
                ? request.toBuilder()
                        .messages(request.messages().stream()
                                .map(MixedMessages::apart)
                                .toList())
                        .build()
                : request;
    }

    private static Message apart(Message message) {
        if (message.content().stream().noneMatch(MixedMessages::isMixed)) {
            return message;
        }
        List<Content> parts = new ArrayList<>();
        for (Content part : message.content()) {
            if (part instanceof Content.Vendor vendor && isMixed(vendor)) {
                vendor.json().path("content").values().forEach(each -> parts.add(part(each)));
            } else {
                parts.add(part);
            }
        }
        return message.withContent(parts);
    }

    private static boolean isMixed(Content part) {
        return part instanceof Content.Vendor vendor
                && vendor.dialect() == OPENAI_RESPONSES
                && vendor.json().path("role").stringValue("").equals("assistant")
                && vendor.json().path("content").isArray();
    }

    private static Content part(JsonNode part) {
        return switch (part.path("type").stringValue("")) {
            case "output_text", "input_text", "text" ->
                new Content.Text(part.path("text").stringValue(""));
            case "refusal" -> new Content.Refusal(part.path("refusal").stringValue(""));
            default -> new Content.Vendor(OPENAI_RESPONSES, part);
        };
    }
}
