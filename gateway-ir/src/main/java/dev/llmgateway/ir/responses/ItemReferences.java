package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonDocument;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.JsonNode;

/**
 * Items of a client's input that stand for an item of an earlier answer, and reasoning that nobody sealed, of which the kept item
 * tells who made it.
 */
final class ItemReferences {

    private ItemReferences() {}

    /** Whether a request has any. */
    static boolean areIn(ChatRequest request) {
        boolean mayBeStored = UnsealedReasoning.mayBeStored(request);
        for (Message message : request.messages()) {
            for (Content part : message.content()) {
                if (part instanceof Content.Vendor vendor
                        && vendor.dialect() == Dialect.OPENAI_RESPONSES
                        && ResponsesMembers.isReference(vendor.json())) {
                    return true;
                }
                if (mayBeStored && part instanceof Content.Reasoning reasoning && reasoning.token() == null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayBeKept(JsonNode item) {
        return ResponsesMembers.isReference(item)
                || OutputDecoder.typeOf(item).equals(OutputDecoder.REASONING)
                        && item.path("encrypted_content").stringValue("").isEmpty();
    }

    /**
     * A body with the items themselves in the places of those references that are known; the same bytes when none is.
     *
     * @param body a request with an {@code input} of items
     */
    static byte[] resolve(byte[] body, KnownItems known) {
        JsonDocument document = JsonDocument.read(body, (name, value) -> value.skipChildren());
        ByteArrayOutputStream items = new ByteArrayOutputStream(body.length);
        boolean isChanged = false;
        for (JsonNode item : document.value("input").values()) {
            items.write(items.size() == 0 ? '[' : ',');
            byte[] whole = mayBeKept(item) ? known.find(item.path("id").stringValue("")) : null;
            isChanged |= whole != null;
            items.writeBytes(whole == null ? Json.write(item) : whole);
        }
        items.write(']');
        return isChanged ? document.edit().set("input", items.toByteArray()).toBytes() : body;
    }
}
