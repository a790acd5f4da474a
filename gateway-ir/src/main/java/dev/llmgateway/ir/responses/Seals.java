package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What OpenAI sealed, of whatever kind of item, in JSON that goes out as it came. Its organisation alone can open it, so that a
 * client gets it with a label that tells the provider, and it goes back to that one without.
 */
final class Seals {

    private static final String MEMBER = "encrypted_content";
    private static final byte[] NEEDLE = ('"' + MEMBER + '"').getBytes(StandardCharsets.US_ASCII);

    private Seals() {}

    /**
     * A provider's frame or body for a client: the same bytes when nothing in it is sealed.
     *
     * @param provider the configured provider's id; null when it is not known, and then nothing is labelled
     */
    static byte[] label(byte[] json, @Nullable String provider) {
        if (provider == null || !contains(json)) {
            return json;
        }
        JsonNode before = Json.parse(json);
        JsonNode after = label(before, provider);
        return after == before ? json : Json.write(after);
    }

    /** A provider's JSON with what is sealed in it labelled. */
    static JsonNode label(JsonNode json, String provider) {
        return map(json, text -> SealedTokens.seal(new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, text, provider)));
    }

    /** A token as a client keeps it; null when there is none, or it belongs to a call. A maker that is not known needs no label. */
    static @Nullable String labelled(@Nullable OpaqueToken token) {
        if (token == null || token.kind() == OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE) {
            return null;
        }
        boolean plain = token.kind() == OpaqueToken.Kind.OPENAI_ENCRYPTED && token.provider() == null;
        return plain ? token.value() : SealedTokens.seal(token);
    }

    private static boolean contains(byte[] json) {
        for (int i = 0; i + NEEDLE.length <= json.length; i++) {
            if (json[i] == NEEDLE[0] && Arrays.equals(json, i, i + NEEDLE.length, NEEDLE, 0, NEEDLE.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything in a client's item has a label. */
    static boolean areIn(JsonNode item) {
        return map(item, text -> SealedTokens.isSealed(text) ? "" : text) != item;
    }

    /**
     * A client's item without the labels; null for reasoning that is sealed for somebody else than {@code provider}, who loses
     * nothing that was said.
     *
     * @throws UntranslatableException when another item is sealed for somebody else, such as a conversation made short
     */
    static @Nullable JsonNode open(JsonNode item, String provider) {
        boolean[] foreign = new boolean[1];
        JsonNode opened = map(item, text -> {
            OpaqueToken token = SealedTokens.unseal(text);
            boolean own = token == null
                    || token.kind() == OpaqueToken.Kind.OPENAI_ENCRYPTED && SealedTokens.mayGoTo(token, provider);
            foreign[0] |= !own;
            return token == null ? text : token.value();
        });
        if (!foreign[0]) {
            return opened;
        }
        if (OutputDecoder.typeOf(item).equals(OutputDecoder.REASONING)) {
            return null;
        }
        throw new UntranslatableException(
                "input",
                "an item of the type \"" + OutputDecoder.typeOf(item)
                        + "\" is sealed by another provider, which alone can go on with it");
    }

    /** The node with every sealed text in it replaced; the same node when none is, or all stay as they are. */
    private static JsonNode map(JsonNode node, Function<String, String> sealed) {
        if (node instanceof ArrayNode array) {
            return ofArray(array, sealed);
        }
        return node instanceof ObjectNode object ? ofObject(object, sealed) : node;
    }

    private static JsonNode ofArray(ArrayNode array, Function<String, String> sealed) {
        ArrayNode copy = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode before = array.get(i);
            JsonNode after = map(before, sealed);
            if (after != before) {
                copy = copy == null ? array.arrayNode(array.size()).addAll(array) : copy;
                copy.set(i, after);
            }
        }
        return copy == null ? array : copy;
    }

    private static JsonNode ofObject(ObjectNode object, Function<String, String> sealed) {
        ObjectNode copy = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode before = member.getValue();
            JsonNode after =
                    member.getKey().equals(MEMBER) && before.isString() ? text(before, sealed) : map(before, sealed);
            if (after != before) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(member.getKey(), after);
            }
        }
        return copy == null ? object : copy;
    }

    private static JsonNode text(JsonNode before, Function<String, String> sealed) {
        String text = before.stringValue();
        String after = text.isEmpty() ? text : sealed.apply(text);
        return after.equals(text) ? before : StringNode.valueOf(after);
    }
}
