package dev.llmgateway.server.management;

import dev.llmgateway.api.NearestName;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of one JSON object of a request. Readers ask for each member by name; {@link #requireNoOthers} then refuses
 * what nobody asked for. A member that is null counts as one that is missing. Not thread safe.
 *
 * <p>Everything that is wrong is an {@link InvalidRequestFormatException} that names the member and what would be right.
 */
final class Members {

    private static final int LONGEST_SHOWN = 40;

    private final JsonNode object;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    private Members(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The members of a body. */
    static Members of(byte[] body) {
        return of(Json.parse(body));
    }

    /** The members of a body that may be empty, and then has none. */
    static Members ofOptional(byte[] body) {
        return body.length == 0 ? new Members(Json.mapper().createObjectNode(), "") : of(body);
    }

    /** The members of a body that was parsed. */
    static Members of(JsonNode body) {
        if (!body.isObject()) {
            throw new InvalidRequestFormatException(null, "the body must be a JSON object");
        }
        return new Members(body, "");
    }

    /**
     * The members of an element of an array.
     *
     * @param path where it is, as in {@code signals[2]}
     */
    static Members ofElement(JsonNode element, String path) {
        if (!element.isObject()) {
            throw new InvalidRequestFormatException(path, "must be an object");
        }
        return new Members(element, path + ".");
    }

    boolean has(String name) {
        return node(name) != null;
    }

    /** The member as it is, or null. */
    @Nullable
    JsonNode node(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** An object within this one, or null. */
    @Nullable
    Members object(String name) {
        return has(name) ? requireObject(name) : null;
    }

    /** An object within this one. */
    Members requireObject(String name) {
        JsonNode value = node(name);
        if (value == null || !value.isObject()) {
            throw wrong(name, "must be an object");
        }
        return new Members(value, path + name + ".");
    }

    /** The object as JSON. */
    byte[] toBytes() {
        return Json.write(object);
    }

    @Nullable
    String text(String name) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw wrong(name, "must be a text that is not empty");
        }
        return value.stringValue();
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = node(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    /** A whole number from 0 to {@code max}. */
    @Nullable
    Long count(String name, long max) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > max) {
            throw wrong(name, "must be a whole number from 0 to " + max);
        }
        return value.longValue();
    }

    /** A whole number of a range. */
    @Nullable
    Integer whole(String name, int min, int max) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw wrong(name, "must be a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    /** A number from 0 to {@code max}. */
    @Nullable
    Double number(String name, int max) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        Double number = finite(value);
        if (number == null || number < 0 || number > max) {
            throw wrong(name, "must be a number from 0 to " + max);
        }
        return number;
    }

    /** A number of US dollars. */
    @Nullable
    Double dollars(String name) {
        JsonNode value = node(name);
        if (value == null) {
            return null;
        }
        Double dollars = finite(value);
        if (dollars == null || dollars < 0) {
            throw wrong(name, "must be a number of US dollars from 0, as in 0.05");
        }
        return dollars;
    }

    /** The number that a JSON number is, or null. */
    static @Nullable Double finite(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        double number = value.doubleValue(Double.NaN);
        return Double.isFinite(number) ? number : null;
    }

    /** One of several words. */
    <T> @Nullable T word(String name, List<T> all, Function<T, String> word) {
        JsonNode value = node(name);
        return value == null ? null : word(name, value, all, word);
    }

    /** A list of words, empty when there is none. */
    <T> Set<T> words(String name, List<T> all, Function<T, String> word) {
        JsonNode value = node(name);
        if (value == null) {
            return Set.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "must be a list of " + options(all, word));
        }
        Set<T> found = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode element : value) {
            found.add(word(name + "[" + index + "]", element, all, word));
            index++;
        }
        return found;
    }

    private <T> T word(String name, JsonNode value, List<T> all, Function<T, String> word) {
        String text = value.isString() ? value.stringValue() : "";
        for (T candidate : all) {
            if (word.apply(candidate).equalsIgnoreCase(text)) {
                return candidate;
            }
        }
        Optional<String> near = NearestName.of(text, all.stream().map(word).toList());
        throw wrong(
                name,
                near.map(it -> "did you mean \"" + it + "\"? It must be ").orElse("must be ") + "one of "
                        + options(all, word));
    }

    private static <T> String options(List<T> all, Function<T, String> word) {
        return all.stream().map(word).collect(Collectors.joining(", "));
    }

    /** The names that the object has, known or not. */
    Stream<String> names() {
        return object.propertyNames().stream();
    }

    /**
     * To be called when all that may be there has been asked for.
     *
     * @throws InvalidRequestFormatException when there is more
     */
    void requireNoOthers() {
        names().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            String shown = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
            throw wrong(
                    shown,
                    NearestName.of(name, known)
                            .map(near -> "there is no such member: did you mean \"" + near + "\"?")
                            .orElseGet(() -> "there is no such member: known are " + String.join(", ", known)));
        });
    }

    /** The value of a member that must be there. */
    <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    /** What to throw for a member that is wrong. */
    InvalidRequestFormatException wrong(String name, String what) {
        return new InvalidRequestFormatException(path + name, what);
    }
}
