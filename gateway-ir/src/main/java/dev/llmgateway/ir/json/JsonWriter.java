package dev.llmgateway.ir.json;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes one JSON value straight to bytes, without white space. Every text and name is made well-formed first, so that a
 * lone surrogate cannot break the output. Not thread safe.
 */
public final class JsonWriter {

    private final ByteArrayOutputStream bytes;
    private final JsonGenerator out;

    /** A writer that expects a value of moderate size. */
    public JsonWriter() {
        this(512);
    }

    /**
     * A writer.
     *
     * @param expectedBytes the size that the buffer starts with
     */
    public JsonWriter(int expectedBytes) {
        bytes = new ByteArrayOutputStream(expectedBytes);
        out = Json.mapper().createGenerator(bytes);
    }

    /** A writer of what says the same as {@code original}, if there is one, in other words and about as many bytes. */
    public static JsonWriter insteadOf(@Nullable JsonDocument original) {
        return new JsonWriter(original == null ? 4096 : original.bytes().length + 1024);
    }

    /** Starts an object: the root, or an array's next element. */
    public JsonWriter object() {
        out.writeStartObject();
        return this;
    }

    /** Starts an object as a member. */
    public JsonWriter object(String name) {
        name(name);
        return object();
    }

    public JsonWriter endObject() {
        out.writeEndObject();
        return this;
    }

    /** Starts an array: the root, or an array's next element. */
    public JsonWriter array() {
        out.writeStartArray();
        return this;
    }

    /** Starts an array as a member. */
    public JsonWriter array(String name) {
        name(name);
        return array();
    }

    public JsonWriter endArray() {
        out.writeEndArray();
        return this;
    }

    /** Adds a text to an array. */
    public JsonWriter text(String value) {
        out.writeString(JsonText.wellFormed(value));
        return this;
    }

    /** Adds a text member. */
    public JsonWriter text(String name, String value) {
        name(name);
        return text(value);
    }

    /** Adds a text member unless the value is null. */
    public JsonWriter optional(String name, @Nullable String value) {
        return value == null ? this : text(name, value);
    }

    /** Adds a number member unless the value is null. */
    public JsonWriter optional(String name, @Nullable Number value) {
        if (value == null) {
            return this;
        }
        return value instanceof Double || value instanceof Float
                ? number(name, value.doubleValue())
                : number(name, value.longValue());
    }

    /** Adds a boolean member unless the value is null. */
    public JsonWriter optional(String name, @Nullable Boolean value) {
        return value == null ? this : bool(name, value);
    }

    /** Adds any member unless the value is null. */
    public JsonWriter optional(String name, @Nullable JsonNode value) {
        return value == null ? this : node(name, value);
    }

    /** Adds a text member, or JSON null in its place. */
    public JsonWriter textOrNull(String name, @Nullable String value) {
        return value == null ? nothing(name) : text(name, value);
    }

    /** Adds a member whose value is JSON text already; {@code json} must be one valid JSON value. */
    public JsonWriter raw(String name, String json) {
        name(name);
        out.writeRawValue(JsonText.wellFormed(json));
        return this;
    }

    /** Names the member whose value is written next, by one who writes it as a root. */
    public JsonWriter name(String name) {
        out.writeName(JsonText.wellFormed(name));
        return this;
    }

    /** Adds a whole number to an array. */
    public JsonWriter number(long value) {
        out.writeNumber(value);
        return this;
    }

    /** Adds a number to an array. */
    public JsonWriter number(double value) {
        out.writeNumber(value);
        return this;
    }

    /** Adds a number of 32 bits to an array, in as few digits as tell it from all others. */
    public JsonWriter number(float value) {
        out.writeNumber(value);
        return this;
    }

    public JsonWriter number(String name, long value) {
        name(name);
        out.writeNumber(value);
        return this;
    }

    public JsonWriter number(String name, double value) {
        name(name);
        out.writeNumber(value);
        return this;
    }

    public JsonWriter bool(String name, boolean value) {
        name(name);
        out.writeBoolean(value);
        return this;
    }

    /** Adds a text member: the bytes in Base64, padded, without line breaks (RFC 4648, section 4). */
    public JsonWriter base64(String name, byte[] value) {
        name(name);
        out.writeBinary(value);
        return this;
    }

    /** Adds a member that is null. */
    public JsonWriter nothing(String name) {
        name(name);
        out.writeNull();
        return this;
    }

    /** Adds any value to an array. */
    public JsonWriter node(JsonNode value) {
        if (value.isObject()) {
            out.writeStartObject();
            value.forEachEntry(this::node);
            out.writeEndObject();
        } else if (value.isArray()) {
            out.writeStartArray();
            value.values().forEach(this::node);
            out.writeEndArray();
        } else if (value.isString()) {
            text(value.stringValue());
        } else {
            out.writeTree(value);
        }
        return this;
    }

    /** Adds any value as a member. */
    public JsonWriter node(String name, JsonNode value) {
        name(name);
        return node(value);
    }

    /** Adds all members of a map, in its order. */
    public JsonWriter members(Map<String, JsonNode> members) {
        members.forEach(this::node);
        return this;
    }

    /** Adds members that were made into JSON before. */
    public JsonWriter members(JsonMembers members) {
        out.writeName(members.firstName());
        out.writeRawValue(members.rest());
        return this;
    }

    /** Ends the value; nothing can be written afterwards. */
    public byte[] toBytes() {
        out.close();
        return bytes.toByteArray();
    }
}
