package dev.llmgateway.routing.catalog;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object while it is read strictly: a member of a wrong type, one that is missing and one that nobody asked for
 * are all refused, each with the place where it stands.
 */
final class JsonFields {
    private final String place;
    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();

    /** Says where in the file something is wrong. */
    private static final class WrongField extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongField(String place, String whatIsWrong) {
            super(place + ": " + whatIsWrong);
        }
    }

    private JsonFields(String place, JsonNode object) {
        this.place = place;
        this.object = object;
    }

    /**
     * Reads an object to its end.
     *
     * @param place where it stands, for messages
     * @throws IllegalArgumentException with the member that is wrong
     */
    static <T> T read(String place, JsonNode node, Function<JsonFields, T> reader) {
        if (!node.isObject()) {
            throw new WrongField(place, "expected an object");
        }
        JsonFields fields = new JsonFields(place, node);
        T value = fields.apply(reader);
        for (String name : node.propertyNames()) {
            if (!fields.asked.contains(name)) {
                throw fields.wrong(name, "is unknown; known here: " + String.join(", ", new TreeSet<>(fields.asked)));
            }
        }
        return value;
    }

    /** Adds the place to what the values themselves refuse. */
    private <T> T apply(Function<JsonFields, T> reader) {
        try {
            return reader.apply(this);
        } catch (WrongField within) {
            throw within;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw new WrongField(place, String.valueOf(refused.getMessage()));
        }
    }

    boolean has(String name) {
        return find(name) != null;
    }

    String text(String name) {
        return required(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        JsonNode found = find(name);
        if (found != null && (!found.isString() || found.stringValue().isBlank())) {
            throw wrong(name, "must be text");
        }
        return found == null ? null : found.stringValue();
    }

    double number(String name) {
        return required(name, optionalNumber(name));
    }

    @Nullable
    Double optionalNumber(String name) {
        JsonNode found = find(name);
        if (found != null && !found.isNumber()) {
            throw wrong(name, "must be a number");
        }
        return found == null ? null : Double.valueOf(found.doubleValue());
    }

    /** A whole number from 1. */
    @Nullable
    Long optionalCount(String name) {
        JsonNode found = find(name);
        if (found != null && (!found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() < 1)) {
            throw wrong(name, "must be a whole number from 1");
        }
        return found == null ? null : Long.valueOf(found.longValue());
    }

    long count(String name) {
        return required(name, optionalCount(name));
    }

    boolean flag(String name) {
        JsonNode found = required(name, find(name));
        if (!found.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return found.booleanValue();
    }

    boolean flag(String name, boolean fallback) {
        return find(name) == null ? fallback : flag(name);
    }

    @Nullable
    LocalDate date(String name) {
        String found = optionalText(name);
        try {
            return found == null ? null : LocalDate.parse(found);
        } catch (DateTimeParseException notADate) {
            throw wrong(name, "must be a date as in 2026-06-01");
        }
    }

    /** One of these words. */
    <T> T word(String name, Map<String, T> words) {
        T value = words.get(text(name));
        if (value == null) {
            throw wrong(name, "must be one of " + String.join(", ", new TreeSet<>(words.keySet())));
        }
        return value;
    }

    <T> T object(String name, Function<JsonFields, T> reader) {
        return required(name, optionalObject(name, reader));
    }

    <T> @Nullable T optionalObject(String name, Function<JsonFields, T> reader) {
        JsonNode found = find(name);
        return found == null ? null : read(place + ", " + name, found, reader);
    }

    /** The objects of an array; none when it is missing. */
    <T> List<T> objects(String name, Function<JsonFields, T> reader) {
        List<T> all = new ArrayList<>();
        JsonNode found = find(name);
        if (found != null && !found.isArray()) {
            throw wrong(name, "must be a list");
        }
        for (int i = 0; found != null && i < found.size(); i++) {
            all.add(read(place + ", " + name + "[" + i + "]", found.get(i), reader));
        }
        return all;
    }

    IllegalArgumentException wrong(String name, String isWrong) {
        return new WrongField(place, "the field \"" + name + "\" " + isWrong);
    }

    private @Nullable JsonNode find(String name) {
        asked.add(name);
        return object.get(name);
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }
}
