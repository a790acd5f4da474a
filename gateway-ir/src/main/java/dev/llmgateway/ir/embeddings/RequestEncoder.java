package dev.llmgateway.ir.embeddings;

import static dev.llmgateway.ir.Dialect.OPENAI_EMBEDDINGS;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.TokenIds;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.json.JsonText;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes a request for a provider: the client's own bytes for another model when nothing else changed, else all of it anew. */
final class RequestEncoder {

    private RequestEncoder() {}

    static EncodedRequest encode(ChatRequest request, Target target) {
        JsonDocument wire = request.dialect() == OPENAI_EMBEDDINGS ? request.wire() : null;
        byte[] body = wire == null ? write(request, target) : withModel(request, wire, target);
        return new EncodedRequest(body, Map.of(), List.of());
    }

    private static byte[] withModel(ChatRequest request, JsonDocument wire, Target target) {
        JsonDocument.Edit edit = wire.edit().set(Members.MODEL, JsonText.wellFormed(target.model()));
        JsonNode format = request.extras().member(OPENAI_EMBEDDINGS, Members.ENCODING_FORMAT);
        if (format != null && format.isNull()) {
            // It means the usual format here, and is refused by DeepInfra.
            edit.remove(Members.ENCODING_FORMAT);
        }
        return edit.toBytes();
    }

    private static byte[] write(ChatRequest request, Target target) {
        JsonWriter out = new JsonWriter(1024).object().text(Members.MODEL, target.model());
        List<Message> messages = request.messages();
        out.name(Members.INPUT);
        if (messages.size() == 1) {
            input(messages.getFirst(), out);
        } else {
            out.array();
            messages.forEach(message -> input(message, out));
            out.endArray();
        }
        return out.optional(Members.USER, request.endUser())
                .members(request.extras().of(OPENAI_EMBEDDINGS))
                .endObject()
                .toBytes();
    }

    private static void input(Message message, JsonWriter out) {
        Content only = message.content().size() == 1 ? message.content().getFirst() : null;
        if (only instanceof Content.Text text) {
            out.text(text.text());
        } else if (only instanceof Content.Tokens tokens) {
            ids(tokens.ids(), out);
        } else {
            throw new UntranslatableException(Members.INPUT, "only a text, or its tokens' ids, can be embedded");
        }
    }

    private static void ids(TokenIds ids, JsonWriter out) {
        out.array();
        for (int i = 0; i < ids.size(); i++) {
            out.number((long) ids.at(i));
        }
        out.endArray();
    }
}
