package dev.llmgateway.api.json;

import dev.llmgateway.ir.json.JsonWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Members whose value may be missing: they are written as null, so that every answer has the same members. */
public final class Values {

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Values() {}

    /** A number, or null when there is none or it is not finite, which JSON cannot say. */
    public static void number(JsonWriter json, String name, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            json.nothing(name);
        } else {
            json.number(name, value);
        }
    }

    /** The same in six significant digits: for what was computed, whose further digits say nothing. */
    public static void figure(JsonWriter json, String name, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            json.nothing(name);
        } else {
            json.number(name, new BigDecimal(value).round(SIX_DIGITS).doubleValue());
        }
    }

    public static void count(JsonWriter json, String name, @Nullable Number value) {
        if (value == null) {
            json.nothing(name);
        } else {
            json.number(name, value.longValue());
        }
    }

    /** Whatever has a string form that machines read, a date say. */
    public static void text(JsonWriter json, String name, @Nullable Object value) {
        json.textOrNull(name, value == null ? null : value.toString());
    }

    public static void texts(JsonWriter json, String name, Iterable<String> values) {
        json.array(name);
        values.forEach(json::text);
        json.endArray();
    }
}
