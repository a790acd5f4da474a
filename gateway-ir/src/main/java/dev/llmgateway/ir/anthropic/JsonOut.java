package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes one JSON value straight to UTF-8. All text is made well-formed on the way, so that nothing a peer smuggled in can
 * make the writing fail. Not thread safe.
 */
final class JsonOut {

    private final ByteArrayOutputStream bytes;
    private final JsonGenerator json;

    JsonOut(int expectedSize) {
        bytes = new ByteArrayOutputStream(expectedSize);
        json = Json.mapper().createGenerator(bytes);
    }

    /** Ends the value. */
    byte[] toBytes() {
        json.close();
        return bytes.toByteArray();
    }

    JsonOut startObject() {
        json.writeStartObject();
        return this;
    }

    JsonOut startObject(String name) {
        json.writeName(name);
        return startObject();
    }

    JsonOut endObject() {
        json.writeEndObject();
        return this;
    }

    JsonOut startArray() {
        json.writeStartArray();
        return this;
    }

    JsonOut startArray(String name) {
        json.writeName(name);
        return startArray();
    }

    JsonOut endArray() {
        json.writeEndArray();
        return this;
    }

    JsonOut string(String name, String value) {
        json.writeName(name);
        json.writeString(JsonText.wellFormed(value));
        return this;
    }

    JsonOut stringOrNull(String name, @Nullable String value) {
        if (value == null) {
            json.writeName(name);
            json.writeNull();
            return this;
        }
        return string(name, value);
    }

    JsonOut optionalString(String name, @Nullable String value) {
        return value == null ? this : string(name, value);
    }

    JsonOut element(String value) {
        json.writeString(JsonText.wellFormed(value));
        return this;
    }

    JsonOut number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
        return this;
    }

    JsonOut optionalNumber(String name, @Nullable Integer value) {
        return value == null ? this : number(name, value);
    }

    JsonOut optionalNumber(String name, @Nullable Double value) {
        if (value != null) {
            json.writeName(name);
            json.writeNumber(value);
        }
        return this;
    }

    JsonOut bool(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
        return this;
    }

    JsonOut nul(String name) {
        json.writeName(name);
        json.writeNull();
        return this;
    }

    /** A member whose value is already JSON text. */
    JsonOut raw(String name, String jsonText) {
        json.writeName(name);
        json.writeRawValue(JsonText.wellFormed(jsonText));
        return this;
    }

    JsonOut tree(String name, JsonNode node) {
        json.writeName(JsonText.wellFormed(name));
        return tree(node);
    }

    JsonOut members(Map<String, JsonNode> members) {
        members.forEach(this::tree);
        return this;
    }

    /** A whole tree; its depth is bounded by the parser that read it. */
    JsonOut tree(JsonNode node) {
        if (node.isObject()) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                tree(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        } else if (node.isArray()) {
            json.writeStartArray();
            for (JsonNode element : node) {
                tree(element);
            }
            json.writeEndArray();
        } else if (node.isString()) {
            json.writeString(JsonText.wellFormed(node.stringValue()));
        } else {
            json.writeTree(node);
        }
        return this;
    }
}
