package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OpaqueToken.Kind;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.json.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Signatures and redacted thinking in JSON that goes out as it came. A client gets them with a label that tells their provider,
 * and they go back to that one, without, and to no other.
 */
final class Seals {

    private Seals() {}

    /** What a client is shown of a token; nothing of one that belongs to a call. A maker that is not known needs no label. */
    static String shown(OpaqueToken token) {
        return switch (token.kind()) {
            case ANTHROPIC_SIGNATURE, ANTHROPIC_REDACTED ->
                token.provider() == null ? token.value() : SealedTokens.seal(token);
            case OPENAI_ENCRYPTED -> SealedTokens.seal(token);
            case GEMINI_THOUGHT_SIGNATURE -> "";
        };
    }

    /**
     * The bytes of a frame that brings a token, for a client.
     *
     * @param shown what the client is to read of it
     */
    static byte[] labelled(byte[] frame, OpaqueToken token, String shown) {
        if (token.provider() == null) {
            return frame;
        }
        JsonNode json = Json.parse(frame);
        JsonNode delta = json.path("delta");
        JsonNode part = delta.isObject() ? delta : json.path("content_block");
        if (part instanceof ObjectNode object) {
            object.put(member(token.kind()), shown);
        }
        return Json.write(json);
    }

    /** The provider that sealed some of these parts, of which a client must be told; null when there is none. */
    static @Nullable String maker(List<Content> parts) {
        for (Content part : parts) {
            OpaqueToken token = token(part);
            if (token != null && token.provider() != null) {
                return token.provider();
            }
        }
        return null;
    }

    /** The blocks of an answer for a client. */
    static byte[] labelled(JsonNode content, String provider) {
        return Json.write(blocks(content, (kind, text) -> shown(new OpaqueToken(kind, text, provider))));
    }

    /** Whether a client's conversation has any with a label. */
    static boolean areIn(List<Message> messages) {
        return messages.stream().anyMatch(message -> maker(message.content()) != null);
    }

    /** Whether the conversation of a caller of Messages has reasoning that a target refuses. */
    static boolean anyIsRefused(List<Message> messages, Target target) {
        return messages.stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(part -> part instanceof Content.Reasoning reasoning
                        && !mayGo(reasoning, target, Dialect.ANTHROPIC_MESSAGES));
    }

    /**
     * Whether a target takes this reasoning back: what was sealed in this format, unless another provider did it; and, of a caller
     * of Messages, what nobody sealed where that is accepted.
     */
    static boolean mayGo(Content.Reasoning reasoning, Target target, @Nullable Dialect caller) {
        OpaqueToken token = reasoning.token();
        if (token == null || token.value().isEmpty()) {
            return caller == Dialect.ANTHROPIC_MESSAGES && target.traits().acceptsUnsignedThinking();
        }
        boolean isOfFormat = token.kind() == Kind.ANTHROPIC_SIGNATURE || token.kind() == Kind.ANTHROPIC_REDACTED;
        return isOfFormat && SealedTokens.mayGoTo(token, target.provider());
    }

    /** The messages of a client without the labels. */
    static byte[] opened(JsonNode messages) {
        return Json.write(each(messages, message -> {
            JsonNode content = message.path("content");
            return message instanceof ObjectNode object && content.isArray()
                    ? with(
                            object,
                            "content",
                            blocks(
                                    content,
                                    (kind, text) ->
                                            SealedTokens.read(kind, text).value()))
                    : message;
        }));
    }

    private static @Nullable OpaqueToken token(Content part) {
        return part instanceof Content.Reasoning reasoning ? reasoning.token() : null;
    }

    private static JsonNode blocks(JsonNode content, BiFunction<Kind, String, String> sealed) {
        return each(content, block -> {
            Kind kind = kind(block);
            String text = kind == null ? "" : block.path(member(kind)).stringValue("");
            return kind == null || text.isEmpty() || !(block instanceof ObjectNode object)
                    ? block
                    : with(object, member(kind), StringNode.valueOf(sealed.apply(kind, text)));
        });
    }

    /** A new array; what it was made from stays as it is, since others read it, too. */
    private static JsonNode each(JsonNode array, UnaryOperator<JsonNode> change) {
        ArrayNode changed = Json.mapper().createArrayNode();
        array.values().forEach(element -> changed.add(change.apply(element)));
        return changed;
    }

    private static JsonNode with(ObjectNode object, String name, JsonNode value) {
        return object.objectNode().setAll(object).set(name, value);
    }

    private static @Nullable Kind kind(JsonNode block) {
        return switch (block.path("type").stringValue("")) {
            case "thinking" -> Kind.ANTHROPIC_SIGNATURE;
            case "redacted_thinking" -> Kind.ANTHROPIC_REDACTED;
            default -> null;
        };
    }

    private static String member(Kind kind) {
        return kind == Kind.ANTHROPIC_REDACTED ? "data" : "signature";
    }
}
