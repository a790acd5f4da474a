package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.CacheControl;
import dev.llmgateway.ir.codec.ModelTraits;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a client's body a target would refuse and what lies too deep for splicing top members, so that the
 * request must be written anew.
 */
final class WireObstacles {

    private final ModelTraits traits;

    private WireObstacles(ModelTraits traits) {
        this.traits = traits;
    }

    static boolean found(ChatRequest request, ModelTraits traits, TargetSettings settings) {
        WireObstacles obstacles = new WireObstacles(traits);
        return obstacles.inTools(request, settings.toolChoice()) || obstacles.inMessages(request);
    }

    private boolean inTools(ChatRequest request, @Nullable ToolChoice choice) {
        if (choice != null && choice.isSubset() && !traits.acceptsOpenAiExtras()) {
            return true;
        }
        if (request.toolUse().tools().stream().anyMatch(this::isMarked)) {
            return true;
        }
        boolean freeText = request.toolUse().tools().stream().anyMatch(Tool.Custom.class::isInstance);
        if (freeText && !traits.acceptsOpenAiExtras()) {
            return true;
        }
        return traits.isGoogleCompatible()
                && request.toolUse().tools().stream().anyMatch(WireObstacles::namesItsSchema);
    }

    private boolean isTooLong(String id) {
        return !ToolCallWriter.id(id, traits).equals(id);
    }

    private boolean isMarked(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> CacheMarks.isRefused(function.extras(), traits);
            case Tool.Custom custom -> CacheMarks.isRefused(custom.extras(), traits);
            case Tool.Vendor vendor -> CacheMarks.isRefused(vendor, traits);
        };
    }

    private static boolean namesItsSchema(Tool tool) {
        return tool instanceof Tool.Function function
                && function.parameters() != null
                && function.parameters().has("$schema");
    }

    private boolean inMessages(ChatRequest request) {
        boolean leading = true;
        for (Message message : request.messages()) {
            boolean instructions = InstructionFolder.isInstruction(message);
            leading = leading && instructions;
            if (instructions && roleDiffers(message.role())
                    || instructions && !leading && !traits.acceptsMidInstructions()) {
                return true;
            }
            if (lacksSignature(message) || CacheMarks.isRefused(message.extras(), traits)) {
                return true;
            }
            for (Content part : message.content()) {
                if (inPart(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean lacksSignature(Message message) {
        if (!traits.needsCallSignatures()) {
            return false;
        }
        for (Content part : message.content()) {
            if (part instanceof Content.ToolCall first) {
                return first.token() == null;
            }
        }
        return false;
    }

    private boolean roleDiffers(Role role) {
        return !OpenAiRoles.instruction(role, traits).equals(OpenAiRoles.nameOf(role));
    }

    private boolean inPart(Content part) {
        boolean isOpenAis = part.extras().cacheMark() != null && !CacheControl.isIn(part.extras());
        return isOpenAis && !traits.acceptsOpenAiExtras()
                || CacheMarks.isRefused(part.extras(), traits)
                || switch (part) {
                    case Content.Reasoning ignored -> true;
                    case Content.ToolCall call ->
                        call.token() != null && !traits.isGoogleCompatible() || isTooLong(call.id());
                    case Content.Image image -> image.source() instanceof MediaSource.Url && !traits.acceptsImageUrls();
                    case Content.ToolResult result -> result.content().stream().anyMatch(this::inPart);
                    case Content.Document ignored -> false;
                    case Content.Audio ignored -> false;
                    case Content.Text ignored -> false;
                    case Content.Refusal ignored -> false;
                    case Content.Vendor vendor -> vendor.dialect() != OPENAI_CHAT;
                    case Content.Numbers ignored -> true;
                };
    }
}
