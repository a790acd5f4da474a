package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes, in the items of a client's own {@code input}, only what their provider would refuse: ids that are too long, and what
 * is sealed, which comes with a label and goes to its maker without. What another one sealed is left out.
 */
final class InputSplice {

    private static final String CALL_ID = "call_id";

    private InputSplice() {}

    /** Whether anything has to change. */
    static boolean isNeeded(List<Message> messages) {
        for (Message message : messages) {
            for (Content part : message.content()) {
                if (isChanged(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isChanged(Content part) {
        return switch (part) {
            case Content.ToolCall call -> !ToolCallIds.forOpenAi(call.id()).equals(call.id());
            case Content.Reasoning reasoning -> reasoning.token() != null && isLabelled(reasoning.token());
            case Content.Vendor vendor -> Seals.areIn(vendor.json());
            default -> false;
        };
    }

    private static boolean isLabelled(OpaqueToken token) {
        return token.provider() != null || token.kind() != OpaqueToken.Kind.OPENAI_ENCRYPTED;
    }

    /**
     * The value of {@code input}, changed.
     *
     * @param input stays as it is
     * @param provider the configured id of the provider that gets it
     * @throws UntranslatableException when nothing is left
     */
    static byte[] splice(JsonNode input, String provider, Losses losses) {
        ArrayNode items = Json.mapper().createArrayNode();
        for (JsonNode item : input.values()) {
            JsonNode opened = Seals.open(item, provider);
            if (opened == null) {
                nameLost(item, losses);
            } else {
                items.add(withLegalId(opened));
            }
        }
        if (items.isEmpty()) {
            throw ResponsesMembers.nothingLeft(OPENAI_RESPONSES);
        }
        return Json.write(items);
    }

    private static void nameLost(JsonNode reasoning, Losses losses) {
        losses.add(Lost.SEALED_REASONING);
        if (!reasoning.path("summary").isEmpty()) {
            losses.add(Lost.REASONING_HISTORY);
        }
    }

    private static JsonNode withLegalId(JsonNode item) {
        String id = item.path(CALL_ID).stringValue("");
        String legal = ToolCallIds.forOpenAi(id);
        return item instanceof ObjectNode object && !legal.equals(id)
                ? object.deepCopy().put(CALL_ID, legal)
                : item;
    }
}
