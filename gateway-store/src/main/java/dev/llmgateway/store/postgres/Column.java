package dev.llmgateway.store.postgres;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param value what a row has there, given what the row is made of
 */
record Column<T>(String name, ColumnType type, Function<T, @Nullable Object> value) {

    static <T> Column<T> text(String name, Function<T, @Nullable String> value) {
        return new Column<>(name, ColumnType.TEXT, from -> CleanText.orNull(value.apply(from)));
    }

    static <T> Column<T> whole(String name, Function<T, Number> value) {
        return new Column<>(name, ColumnType.WHOLE, from -> value.apply(from).longValue());
    }

    static <T> Column<T> real(String name, Function<T, @Nullable Double> value) {
        return new Column<>(name, ColumnType.REAL, value::apply);
    }

    static <T> Column<T> moment(String name, Function<T, Instant> value) {
        return new Column<>(name, ColumnType.MOMENT, value::apply);
    }

    static <T> Column<T> flag(String name, Function<T, Boolean> value) {
        return new Column<>(name, ColumnType.FLAG, value::apply);
    }

    static <T> Column<T> bytes(String name, Function<T, byte[]> value) {
        return new Column<>(name, ColumnType.BYTES, value::apply);
    }

    /** Names of columns as a statement lists them. */
    static String names(List<? extends Column<?>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
