package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UniqueCallIds;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes, in the items of a client's own {@code input}, only what their provider would refuse: ids that are too long or stand for
 * two calls, and what is sealed, which comes with a label and goes to its maker without. What another one sealed is left out, and so is what nobody
 * sealed where it would not be found.
 */
final class InputSplice {

    private static final String CALL_ID = "call_id";
    private static final String OUTPUT = "_output";

    private final String provider;
    private final UnsealedReasoning unsealed;
    private final Losses losses;

    /**
     * For one request.
     *
     * @param provider the configured id of the provider that gets it
     */
    InputSplice(String provider, UnsealedReasoning unsealed, Losses losses) {
        this.provider = provider;
        this.unsealed = unsealed;
        this.losses = losses;
    }

    /** Whether anything has to change. */
    static boolean isNeeded(List<Message> messages, UnsealedReasoning unsealed) {
        Set<String> callIds = new HashSet<>();
        for (Message message : messages) {
            for (Content part : message.content()) {
                boolean isRepeated = part instanceof Content.ToolCall call && !callIds.add(call.id());
                if (isRepeated || isChanged(part, unsealed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isChanged(Content part, UnsealedReasoning unsealed) {
        return switch (part) {
            case Content.ToolCall call -> !ToolCallIds.forResponses(call.id()).equals(call.id());
            case Content.Reasoning reasoning ->
                reasoning.token() == null
                        ? isChanged(UnsealedReasoning.id(reasoning), unsealed)
                        : isLabelled(reasoning.token());
            case Content.Vendor vendor -> Seals.areIn(vendor.json());
            default -> false;
        };
    }

    private static boolean isChanged(String id, UnsealedReasoning unsealed) {
        return unsealed.isRefused(id) || !UnsealedReasoning.plain(id).equals(id);
    }

    private static boolean isLabelled(OpaqueToken token) {
        return token.provider() != null || token.kind() != OpaqueToken.Kind.OPENAI_ENCRYPTED;
    }

    /**
     * The value of {@code input}, changed.
     *
     * @param input stays as it is
     * @throws UntranslatableException when nothing is left
     */
    byte[] splice(JsonNode input) {
        ArrayNode items = Json.mapper().createArrayNode();
        UniqueCallIds ids = new UniqueCallIds(ToolCallIds::forResponses);
        for (JsonNode item : input.values()) {
            JsonNode opened = isLost(item) ? null : Seals.open(item, provider);
            if (opened == null) {
                nameLost(item);
            } else {
                items.add(withLegalId(withoutMaker(opened), ids));
            }
        }
        if (items.isEmpty()) {
            throw ResponsesMembers.nothingLeft(OPENAI_RESPONSES);
        }
        return Json.write(items);
    }

    private boolean isLost(JsonNode item) {
        return OutputDecoder.typeOf(item).equals(OutputDecoder.REASONING)
                && !isSealed(item)
                && unsealed.isRefused(item.path("id").stringValue(""));
    }

    private static boolean isSealed(JsonNode reasoning) {
        return !reasoning.path("encrypted_content").stringValue("").isEmpty();
    }

    private void nameLost(JsonNode reasoning) {
        boolean says = !reasoning.path("summary").isEmpty()
                || !reasoning.path("content").isEmpty();
        if (isSealed(reasoning)) {
            losses.add(Lost.SEALED_REASONING);
        } else if (!says) {
            losses.add(Losses.STORED_REASONING);
        }
        if (says) {
            losses.add(Lost.REASONING_HISTORY);
        }
    }

    private static JsonNode withoutMaker(JsonNode item) {
        String id = item.path("id").stringValue("");
        String plain = UnsealedReasoning.plain(id);
        return item instanceof ObjectNode object && !plain.equals(id)
                ? object.deepCopy().put("id", plain)
                : item;
    }

    private static JsonNode withLegalId(JsonNode item, UniqueCallIds ids) {
        String id = item.path(CALL_ID).stringValue("");
        if (id.isEmpty() || !(item instanceof ObjectNode object)) {
            return item;
        }
        String legal = OutputDecoder.typeOf(item).endsWith(OUTPUT) ? ids.ofResult(id) : ids.ofCall(id);
        return legal.equals(id) ? item : object.deepCopy().put(CALL_ID, legal);
    }
}
