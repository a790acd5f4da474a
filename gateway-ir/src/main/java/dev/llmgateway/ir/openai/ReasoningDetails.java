package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.RequestField;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Sealed reasoning in messages. The format itself has no place for it; {@code reasoning_details} is where clients of several
 * vendors behind one address keep it and send it back from. What we put there has a label, so that what others put there can be
 * told from it.
 */
final class ReasoningDetails {

    static final String NAME = "reasoning_details";

    private static final String TEXT = "reasoning.text";
    private static final String ENCRYPTED = "reasoning.encrypted";

    private ReasoningDetails() {}

    /** Whether a client is to keep the token; Gemini's belong to calls and travel in their ids. */
    static boolean isKept(@Nullable OpaqueToken token) {
        return token != null && token.kind() != OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE;
    }

    /** Writes the member for an answer's sealed reasonings, if there are any. */
    static void write(List<Content> content, JsonWriter out) {
        if (content.stream().noneMatch(part -> part instanceof Content.Reasoning r && isKept(r.token()))) {
            return;
        }
        out.array(NAME);
        int index = 0;
        for (Content part : content) {
            if (part instanceof Content.Reasoning reasoning && reasoning.token() != null && isKept(reasoning.token())) {
                detail(index++, reasoning.text() == null ? "" : reasoning.text(), reasoning.token(), out);
            }
        }
        out.endArray();
    }

    /** Writes one element of the member. A signature is only worth something under the very text that it signs. */
    static void detail(int index, String text, OpaqueToken token, JsonWriter out) {
        out.object();
        if (token.kind() == OpaqueToken.Kind.ANTHROPIC_SIGNATURE) {
            out.text("type", TEXT).text("text", text).text("signature", SealedTokens.seal(token));
        } else {
            out.text("type", ENCRYPTED).text("data", SealedTokens.seal(token));
        }
        out.number("index", index).endObject();
    }

    /**
     * The reasonings of a client's message that have our label, in order; none when there is none.
     *
     * @param shown the message's readable reasoning, which belongs to the first one that has no text of its own; null for none
     */
    static List<Content> read(@Nullable RequestField details, @Nullable String shown) {
        List<Content> read = new ArrayList<>();
        String left = shown;
        for (JsonNode detail : elements(details)) {
            OpaqueToken token = token(detail);
            if (token == null) {
                continue;
            }
            String text = detail.path("text").stringValue("");
            if (token.kind() == OpaqueToken.Kind.OPENAI_ENCRYPTED && left != null) {
                text = left;
            }
            left = null;
            boolean bare = token.kind() == OpaqueToken.Kind.ANTHROPIC_REDACTED;
            read.add(new Content.Reasoning(bare ? null : text, token, Extras.NONE));
        }
        return read;
    }

    /** What of the member has no label of ours; null when nothing has or when there is no member. */
    static @Nullable JsonNode foreign(@Nullable RequestField details) {
        ArrayNode others = Json.mapper().createArrayNode();
        elements(details).stream().filter(detail -> token(detail) == null).forEach(others::add);
        return others.isEmpty() ? null : others;
    }

    private static List<JsonNode> elements(@Nullable RequestField details) {
        return details == null || !details.node().isArray()
                ? List.of()
                : List.copyOf(details.node().values());
    }

    private static @Nullable OpaqueToken token(JsonNode detail) {
        String name = detail.path("type").stringValue("").equals(TEXT) ? "signature" : "data";
        return SealedTokens.unseal(detail.path(name).stringValue(""));
    }
}
