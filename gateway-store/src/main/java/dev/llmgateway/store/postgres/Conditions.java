package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.RecordQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Which rows are meant, as the conditions of a statement. Values are bound, never part of the statement. Not thread safe. */
final class Conditions {

    private static final Pattern STATUS = Pattern.compile("[1-9][0-9]{0,8}");

    private final List<String> all = new ArrayList<>();
    private final List<Bound> bound = new ArrayList<>();

    private record Bound(String name, Object value) {}

    /** Rows of {@code proxy_records} that a query means. */
    static Conditions of(RecordQuery query) {
        return ofValues(query, true).between(query.from(), query.to());
    }

    /**
     * Rows that have the values of a query.
     *
     * @param areRecords whether they are those of {@code proxy_records}, or sums
     */
    static Conditions ofValues(RecordQuery query, boolean areRecords) {
        Conditions conditions = new Conditions();
        query.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(value -> conditions.add(value.getKey(), CleanText.of(value.getValue()), areRecords));
        return conditions;
    }

    /** The status and the impact are written out, so that the indexes of what is rare can be used. */
    private void add(Dimension dimension, String value, boolean areRecords) {
        String column = areRecords ? DimensionColumns.expression(dimension) : DimensionColumns.name(dimension);
        if (dimension == Dimension.STATUS) {
            all.add(STATUS.matcher(value).matches() ? column + " = " + value : "false");
        } else if (dimension == Dimension.IMPACT) {
            all.add(List.of("none", "mitigated", "customer").contains(value) ? column + " = '" + value + "'" : "false");
        } else {
            all.add(column + " = :" + dimension.word());
            bound.add(new Bound(dimension.word(), value));
        }
    }

    /** Those sums, too, that have one of these values; null stands for none. */
    Conditions only(Dimension dimension, List<@Nullable String> values) {
        String column = DimensionColumns.name(dimension);
        String text = dimension == Dimension.STATUS ? "cast(" + column + " as text)" : column;
        String among = text + " = any (:only)";
        all.add(values.contains(null) ? "(" + among + " or " + column + " is null)" : among);
        bound.add(new Bound("only", texts(values)));
        return this;
    }

    /** An array as such: the text of one would be read for each row. */
    private static String[] texts(List<@Nullable String> values) {
        return values.stream().filter(Objects::nonNull).map(CleanText::of).toArray(String[]::new);
    }

    /** Those that began in a half-open time, too; null for no limit. */
    Conditions between(@Nullable Instant from, @Nullable Instant to) {
        if (from != null) {
            all.add("at >= :from_at");
            bound.add(new Bound("from_at", from.atOffset(ZoneOffset.UTC)));
        }
        if (to != null) {
            all.add("at < :to_at");
            bound.add(new Bound("to_at", to.atOffset(ZoneOffset.UTC)));
        }
        return this;
    }

    /** Those behind a place in the list, too. */
    Conditions behind(@Nullable RecordCursor cursor) {
        if (cursor != null) {
            all.add("(at, request_id) < (:cursor_at, :cursor_id)");
            bound.add(new Bound("cursor_at", cursor.at().atOffset(ZoneOffset.UTC)));
            bound.add(new Bound("cursor_id", CleanText.of(cursor.requestId())));
        }
        return this;
    }

    /** The conditions; {@code true} when there are none. */
    String sql() {
        return all.isEmpty() ? "true" : String.join(" and ", all);
    }

    /** Binds the values. */
    Query bind(Query query) {
        bound.forEach(value -> query.bind(value.name, value.value));
        return query;
    }
}
