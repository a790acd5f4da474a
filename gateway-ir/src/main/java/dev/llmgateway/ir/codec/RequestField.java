package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value inside a client's request that knows where it stands, so that every complaint names the place ({@code
 * messages[3].content[0].type}). The place is only spelled out when there is something to complain about. A member that is
 * null counts as absent. Immutable.
 */
public final class RequestField {

    private final JsonNode node;
    private final @Nullable RequestField parent;
    private final @Nullable String name;
    private final int index;

    private RequestField(JsonNode node, @Nullable RequestField parent, @Nullable String name, int index) {
        this.node = node;
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /**
     * Parses a body.
     *
     * @throws InvalidRequestFormatException when it is no JSON object
     */
    public static JsonDocument.Parsed parse(byte[] body) {
        try {
            return JsonDocument.parse(body);
        } catch (InvalidJsonException e) {
            throw new InvalidRequestFormatException(null, "the body cannot be read: " + e.getMessage());
        }
    }

    /** The body as a whole. */
    public static RequestField root(JsonNode body) {
        return new RequestField(body, null, null, -1);
    }

    /** The value itself. */
    public JsonNode node() {
        return node;
    }

    /** Where it stands, for example {@code tools[0].function.name}; empty for the body as a whole. */
    public String path() {
        String before = parent == null ? "" : parent.path();
        if (name == null) {
            return index < 0 ? before : before + "[" + index + "]";
        }
        return before.isEmpty() ? name : before + "." + name;
    }

    /** A complaint about this value. */
    public InvalidRequestFormatException invalid(String message) {
        String path = path();
        return new InvalidRequestFormatException(path.isEmpty() ? null : path, message);
    }

    /** True when the member is there and not null. */
    public boolean has(String member) {
        JsonNode value = node.get(member);
        return value != null && !value.isNull();
    }

    /** A member of this object, or null when it is absent or null. */
    public @Nullable RequestField get(String member) {
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? null : new RequestField(value, this, member, -1);
    }

    /**
     * A member of this object.
     *
     * @throws InvalidRequestFormatException when it is absent or null
     */
    public RequestField require(String member) {
        RequestField value = get(member);
        if (value == null) {
            throw new RequestField(node, this, member, -1).invalid("is required");
        }
        return value;
    }

    /** This value, when it is an object. */
    public RequestField requireObject() {
        if (!node.isObject()) {
            throw invalid("must be an object, not " + kind());
        }
        return this;
    }

    /** The elements of this array. */
    public List<RequestField> elements() {
        if (!node.isArray()) {
            throw invalid("must be an array, not " + kind());
        }
        List<RequestField> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new RequestField(node.get(i), this, null, i));
        }
        return elements;
    }

    /** This value, when it is a string. */
    public String text() {
        if (!node.isString()) {
            throw invalid("must be a string, not " + kind());
        }
        return node.stringValue();
    }

    /** A required string member. */
    public String requireText(String member) {
        return require(member).text();
    }

    /** A required string member that is not empty. */
    public String requireName(String member) {
        RequestField field = require(member);
        String text = field.text();
        if (text.isEmpty()) {
            throw field.invalid("must not be empty");
        }
        return text;
    }

    /** A string member, or null. */
    public @Nullable String optText(String member) {
        RequestField value = get(member);
        return value == null ? null : value.text();
    }

    /** A number member, or null. */
    public @Nullable Double optDouble(String member) {
        RequestField value = get(member);
        if (value == null) {
            return null;
        }
        if (!value.node.isNumber()) {
            throw value.invalid("must be a number, not " + value.kind());
        }
        double number = value.node.doubleValue(Double.NaN);
        if (!Double.isFinite(number)) {
            throw value.invalid("is out of range");
        }
        return number;
    }

    /** A member that is a whole number, or null. */
    public @Nullable Long optLong(String member) {
        RequestField value = get(member);
        if (value == null) {
            return null;
        }
        if (!value.node.isNumber()) {
            throw value.invalid("must be a whole number, not " + value.kind());
        }
        if (!value.node.canConvertToExactIntegral() || !value.node.canConvertToLong()) {
            throw value.invalid("must be a whole number of at most 64 bits");
        }
        return value.node.asLong();
    }

    /** A member that is a whole number of 32 bits, or null. */
    public @Nullable Integer optInt(String member) {
        Long value = optLong(member);
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            throw require(member).invalid("is too large: at most " + Integer.MAX_VALUE);
        }
        return value.intValue();
    }

    /** A boolean member, or null. */
    public @Nullable Boolean optBoolean(String member) {
        RequestField value = get(member);
        if (value == null) {
            return null;
        }
        if (!value.node.isBoolean()) {
            throw value.invalid("must be true or false, not " + value.kind());
        }
        return value.node.booleanValue();
    }

    /** The members that are not among {@code known}, in their order. */
    public Map<String, JsonNode> others(Set<String> known) {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        node.forEachEntry((member, value) -> {
            if (!known.contains(member)) {
                others.put(member, value);
            }
        });
        return others;
    }

    /** The members that are not among {@code known}, as extras of {@code dialect}. */
    public Extras extras(Dialect dialect, Set<String> known) {
        return Extras.of(dialect, others(known));
    }

    /** What kind of JSON value this is, for complaints. */
    public String kind() {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NULL, MISSING -> "null";
            case BINARY, POJO -> "something else";
        };
    }
}
