package dev.llmgateway.api.records;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are meant: all that began in a half-open time, and have these values. Values are compared as they are: nothing in
 * them stands for anything else.
 *
 * @param from the first moment; null for no limit
 * @param to the moment after the last; null for no limit
 * @param values what calls must have, by dimension; a dimension that is missing may have any
 */
public record RecordQuery(@Nullable Instant from, @Nullable Instant to, Map<Dimension, String> values) {

    /** All calls. */
    public static final RecordQuery ALL = new RecordQuery(null, null, Map.of());

    /** @throws IllegalArgumentException when the time ends before it begins */
    public RecordQuery {
        if (from != null && to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("from is after to: " + from + ", " + to);
        }
        values = Map.copyOf(values);
    }

    /** The same calls, of this half-open time. */
    public RecordQuery between(@Nullable Instant first, @Nullable Instant end) {
        return new RecordQuery(first, end, values);
    }

    /** Those of the calls that have this value; null for any. */
    public RecordQuery with(Dimension dimension, @Nullable String value) {
        Map<Dimension, String> more = new EnumMap<>(Dimension.class);
        more.putAll(values);
        if (value == null) {
            more.remove(dimension);
        } else {
            more.put(dimension, value);
        }
        return new RecordQuery(from, to, more);
    }

    /** Whether a call is meant. */
    public boolean matches(CallRecord call) {
        return (from == null || !call.at().isBefore(from))
                && (to == null || call.at().isBefore(to))
                && values.entrySet().stream()
                        .allMatch(wanted ->
                                wanted.getValue().equals(wanted.getKey().of(call)));
    }
}
