package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.Set;

/**
 * Parts that only another format has a type for. Without such a part a user's message, or an instruction, would ask for something else,
 * so that it is refused; the result of a tool is any text, so that the part's JSON is told there.
 */
public final class VendorParts {

    private static final int LONGEST_SHOWN_TYPE = 64;
    private static final Set<String> WITH_A_SOURCE = Set.of("image", "document");

    private VendorParts() {}

    /**
     * Refuses those of users and of instructions.
     *
     * @throws UntranslatableException when a message has one that the target's format does not have
     */
    public static void requireNone(ChatRequest request, Dialect target) {
        for (Message message : request.messages()) {
            switch (message.role()) {
                case SYSTEM, DEVELOPER, USER -> requireNone(message, request, target);
                case ASSISTANT, TOOL -> {}
            }
        }
    }

    private static void requireNone(Message message, ChatRequest request, Dialect target) {
        for (Content part : message.content()) {
            if (isForeign(part, target) && part instanceof Content.Vendor vendor) {
                throw new UntranslatableException(PartPlaces.of(request, vendor.json()::equals), complaint(vendor));
            }
        }
    }

    /** The parts of a tool's result, those that the target has no type for as the text of their JSON. */
    public static List<Content> asTexts(List<Content> result, Dialect target) {
        return result.stream()
                .map(part -> isForeign(part, target) && part instanceof Content.Vendor vendor
                        ? new Content.Text(Json.writeString(vendor.json()))
                        : part)
                .toList();
    }

    private static boolean isForeign(Content part, Dialect target) {
        return part instanceof Content.Vendor vendor && vendor.dialect() != target;
    }

    private static String complaint(Content.Vendor part) {
        String type = part.json().path("type").asString("");
        String shown = type.length() <= LONGEST_SHOWN_TYPE ? type : type.substring(0, LONGEST_SHOWN_TYPE) + "...";
        boolean isOwnSource = part.dialect() == Dialect.ANTHROPIC_MESSAGES && WITH_A_SOURCE.contains(type);
        return isOwnSource
                ? "the source of this " + type + " can only be read by Anthropic: send one of the type base64 or url"
                : "this model's provider has no part of the type \"" + shown + "\": send what it holds as "
                        + typesOf(part.dialect());
    }

    private static String typesOf(Dialect caller) {
        return switch (caller) {
            case OPENAI_RESPONSES -> "input_text, input_image, input_file or input_audio";
            case ANTHROPIC_MESSAGES -> "text, image or document";
            case OPENAI_CHAT, OPENAI_EMBEDDINGS -> "text, image_url, file or input_audio";
        };
    }
}
