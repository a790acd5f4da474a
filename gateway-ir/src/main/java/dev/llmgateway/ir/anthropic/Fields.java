package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of one JSON object, read by type: a wrong type is an error that names the place. A member that is JSON null
 * counts as absent, as it does for the vendor.
 */
final class Fields {

    private static final String CACHE_CONTROL = "cache_control";
    private static final Set<String> CACHE_MEMBERS = Set.of("type", "ttl");

    private final ObjectNode object;
    private final @Nullable Place place;
    private final Reading reading;

    private Fields(ObjectNode object, @Nullable Place place, Reading reading) {
        this.object = object;
        this.place = place;
        this.reading = reading;
    }

    /** The members of {@code node}, which must be an object. */
    static Fields of(@Nullable JsonNode node, @Nullable Place place, Reading reading) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, place, reading);
        }
        throw reading.error(place, "expected an object, got " + kind(node));
    }

    ObjectNode object() {
        return object;
    }

    Place at(String name) {
        return place == null ? Place.of(name) : place.member(name);
    }

    RuntimeException error(String name, String message) {
        return reading.error(at(name), message);
    }

    /** The member, or null when it is absent or JSON null. */
    @Nullable
    JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    @Nullable
    String optionalString(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw wrongType(name, "a string", node);
        }
        return node.stringValue();
    }

    String string(String name) {
        String value = optionalString(name);
        if (value == null) {
            throw error(name, "is required and must be a string");
        }
        return value;
    }

    @Nullable
    Integer optionalInt(String name, int min) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrongType(name, "a whole number", node);
        }
        if (node.intValue() < min) {
            throw error(name, "is " + node.intValue() + ": it must be " + min + " or more");
        }
        return node.intValue();
    }

    @Nullable
    Double optionalNumber(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            throw wrongType(name, "a number", node);
        }
        double value = node.numberValue().doubleValue();
        if (!Double.isFinite(value)) {
            throw error(name, "is out of range");
        }
        return value;
    }

    @Nullable
    Boolean optionalBoolean(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false", node);
        }
        return node.booleanValue();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(optionalBoolean(name));
    }

    @Nullable
    ArrayNode optionalArray(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw wrongType(name, "an array", node);
    }

    /** The members of a nested object, or null when there is none. */
    @Nullable
    Fields optionalFields(String name) {
        JsonNode node = get(name);
        return node == null ? null : of(node, at(name), reading);
    }

    Fields fields(String name) {
        return of(get(name), at(name), reading);
    }

    /** The members that are not among {@code known}, JSON nulls left out, in wire order. */
    Map<String, JsonNode> others(Set<String> known) {
        Map<String, JsonNode> others = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                others = others == null ? new LinkedHashMap<>() : others;
                others.put(member.getKey(), member.getValue());
            }
        }
        return others == null ? Map.of() : others;
    }

    /** The cache mark, and the members that are not among {@code known}. */
    Extras extras(Set<String> known) {
        Map<String, JsonNode> others = others(known);
        JsonNode mark = get(CACHE_CONTROL);
        if (mark == null) {
            return Extras.of(Dialect.ANTHROPIC_MESSAGES, others);
        }
        Fields control = of(mark, at(CACHE_CONTROL), reading);
        Map<String, JsonNode> kept = new LinkedHashMap<>(others);
        if (control.others(CACHE_MEMBERS).isEmpty()) {
            kept.remove(CACHE_CONTROL);
        } else {
            kept.put(CACHE_CONTROL, mark);
        }
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, kept).withCacheMark(new CacheMark(control.optionalString("ttl")));
    }

    RuntimeException wrongType(String name, String expected, JsonNode node) {
        return error(name, "expected " + expected + ", got " + kind(node));
    }

    /** What kind of value this is, with its article; quotes nothing of it. */
    static String kind(@Nullable JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "nothing";
        }
        String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return type.matches("[aeiou].*") ? "an " + type : type.equals("null") ? type : "a " + type;
    }
}
