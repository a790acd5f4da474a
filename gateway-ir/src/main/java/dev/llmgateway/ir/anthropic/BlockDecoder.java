package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.MediaSource;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.OpaqueToken.Kind;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads content blocks, of requests and of answers. For one body and one thread. */
final class BlockDecoder {

    private static final Set<String> TEXT = Set.of("type", "text");
    private static final Set<String> IMAGE = Set.of("type", "source");
    private static final Set<String> DOCUMENT = Set.of("type", "source", "title");
    private static final Set<String> TOOL_USE = Set.of("type", "id", "name", "input");
    private static final Set<String> TOOL_RESULT = Set.of("type", "tool_use_id", "content", "is_error");
    private static final Set<String> THINKING = Set.of("type", "thinking", "signature");
    private static final Set<String> REDACTED = Set.of("type", "data");

    private static final Map<String, Set<String>> SOURCES = Map.of(
            "base64", Set.of("type", "media_type", "data"),
            "text", Set.of("type", "media_type", "data"),
            "url", Set.of("type", "url"),
            "file", Set.of("type", "file_id"));

    private final Reading reading;
    private final @Nullable String provider;
    private boolean rewritten;

    private BlockDecoder(Reading reading, @Nullable String provider) {
        this.reading = reading;
        this.provider = provider;
    }

    static BlockDecoder ofRequest() {
        return new BlockDecoder(Reading.REQUEST, null);
    }

    /** For the answer of the provider with this configured id. */
    static BlockDecoder ofAnswer(String provider) {
        return new BlockDecoder(Reading.ANSWER, provider);
    }

    /** The body must not be sent on as it is. */
    void rewrite() {
        rewritten = true;
    }

    /** Whether the client says something in words of ours, or as Anthropic refuses it, so that the body must not be sent on as it is. */
    boolean isRewritten() {
        return rewritten;
    }

    /** A string or an array of blocks. */
    List<Content> stringOrBlocks(@Nullable JsonNode content, Place place) {
        if (content != null && content.isString()) {
            return List.of(new Content.Text(content.stringValue()));
        }
        if (content instanceof ArrayNode array) {
            return blocks(array, place);
        }
        throw reading.error(place, "expected a string or an array of content blocks, got " + Fields.kind(content));
    }

    List<Content> blocks(ArrayNode array, Place place) {
        List<Content> blocks = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            blocks.add(block(array.get(i), place.element(i)));
        }
        return blocks;
    }

    Content block(JsonNode node, Place place) {
        Fields block = Fields.of(node, place, reading);
        return switch (block.string("type")) {
            case "text" -> new Content.Text(block.string("text"), cited(block.extras(TEXT)));
            case "image" -> image(block, node);
            case "document" -> document(block, node);
            case "tool_use" -> toolUse(block);
            case "tool_result" -> toolResult(block);
            case "thinking" -> thinking(block);
            case "redacted_thinking" ->
                new Content.Reasoning(
                        null, token(Kind.ANTHROPIC_REDACTED, block.string("data")), block.extras(REDACTED));
            case "input_text", "output_text" ->
                reading == Reading.REQUEST
                        // The names of Responses, for callers who mix the two up.
                        ? new Content.Text(block.string("text"), block.extras(TEXT))
                        : vendor(node);
            default -> vendor(node);
        };
    }

    /** The citations that a client was shown in place of another vendor's say nothing to Anthropic, which refuses them. */
    private Extras cited(Extras extras) {
        JsonNode all = extras.member(Dialect.ANTHROPIC_MESSAGES, UrlCitation.CITATIONS);
        if (all == null || reading == Reading.ANSWER || all.values().stream().noneMatch(UrlCitation::isTranslated)) {
            return extras;
        }
        rewritten = true;
        ArrayNode own = Json.mapper().createArrayNode();
        all.values().stream().filter(it -> !UrlCitation.isTranslated(it)).forEach(own::add);
        return own.isEmpty()
                ? extras.without(UrlCitation.CITATIONS)
                : extras.with(Dialect.ANTHROPIC_MESSAGES, UrlCitation.CITATIONS, own);
    }

    private static Content vendor(JsonNode node) {
        return new Content.Vendor(Dialect.ANTHROPIC_MESSAGES, node);
    }

    private Content image(Fields block, JsonNode node) {
        MediaSource source = source(block, "image");
        return source == null ? vendor(node) : new Content.Image(source, null, block.extras(IMAGE));
    }

    private Content document(Fields block, JsonNode node) {
        MediaSource source = source(block, "application/pdf");
        return source == null
                ? vendor(node)
                : new Content.Document(source, block.optionalString("title"), block.extras(DOCUMENT));
    }

    /** The source, or null when it is of a kind, or says something, that only Anthropic knows. */
    private static @Nullable MediaSource source(Fields block, String defaultType) {
        Fields source = block.fields("source");
        String type = source.string("type");
        Set<String> known = SOURCES.get(type);
        if (known == null || !source.others(known).isEmpty()) {
            return null;
        }
        return switch (type) {
            case "base64" -> {
                String mediaType = source.optionalString("media_type");
                yield new MediaSource.Base64(mediaType == null ? defaultType : mediaType, source.string("data"));
            }
            case "text" -> new MediaSource.PlainText(source.string("data"));
            case "url" -> new MediaSource.Url(source.string("url"));
            case "file" -> new MediaSource.FileId(source.string("file_id"), Dialect.ANTHROPIC_MESSAGES);
            default -> null;
        };
    }

    private Content toolUse(Fields block) {
        String id = nonBlank(block, "id");
        String name = nonBlank(block, "name");
        JsonNode input = block.get("input");
        if (input != null && !input.isObject()) {
            throw block.wrongType("input", "an object", input);
        }
        String arguments = input == null || input.isEmpty() ? "{}" : Json.writeString(input);
        return new Content.ToolCall(ownId(id), name, arguments, signatureIn(id), block.extras(TOOL_USE));
    }

    private Content toolResult(Fields block) {
        String id = nonBlank(block, "tool_use_id");
        JsonNode content = block.get("content");
        List<Content> parts = content == null ? List.of() : stringOrBlocks(content, block.at("content"));
        for (int i = 0; i < parts.size(); i++) {
            requireResultPart(parts.get(i), block.at("content").element(i));
        }
        return new Content.ToolResult(ownId(id), parts, block.isTrue("is_error"), block.extras(TOOL_RESULT));
    }

    private void requireResultPart(Content part, Place place) {
        if (part instanceof Content.ToolCall
                || part instanceof Content.ToolResult
                || part instanceof Content.Reasoning) {
            throw reading.error(place, "a tool result holds text, images and documents, no tool calls or thinking");
        }
    }

    private Content thinking(Fields block) {
        String text = block.optionalString("thinking");
        String signature = block.optionalString("signature");
        OpaqueToken token = signature == null || signature.isEmpty() ? null : signature(signature);
        return new Content.Reasoning(text == null ? "" : text, token, block.extras(THINKING));
    }

    /** What is sealed; a client's is what we gave it, of whatever provider. */
    private OpaqueToken token(Kind field, String value) {
        if (reading == Reading.ANSWER) {
            return new OpaqueToken(field, value, provider);
        }
        OpaqueToken token = SealedTokens.read(field, value);
        rewritten |= token.kind() != field;
        return token;
    }

    OpaqueToken signature(String value) {
        return token(Kind.ANTHROPIC_SIGNATURE, value);
    }

    /** An id as it was before a Gemini signature was packed into it; answers of a provider carry none. */
    private String ownId(String id) {
        if (!carriesSignature(id)) {
            return id;
        }
        rewritten = true;
        return ToolCallIds.fromClient(id);
    }

    private @Nullable OpaqueToken signatureIn(String id) {
        return carriesSignature(id) ? ToolCallIds.signatureOf(id) : null;
    }

    private boolean carriesSignature(String id) {
        return reading == Reading.REQUEST
                && ToolCallIds.carriesSignature(id)
                && !ToolCallIds.fromClient(id).isBlank();
    }

    private static String nonBlank(Fields block, String name) {
        String value = block.string(name);
        if (value.isBlank()) {
            throw block.error(name, "must not be empty");
        }
        return value;
    }
}
