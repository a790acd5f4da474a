package dev.llmgateway.store.postgres;

import dev.llmgateway.api.CallLabels;
import dev.llmgateway.api.records.CacheResult;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.ir.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link CallRecord} as a row of {@code proxy_records}. */
final class RecordRows {

    private static final double NANOS_PER_MILLI = 1_000_000;

    /** What is said of a call; the order is that of its hash, and must not change. */
    static final List<Column<CallRecord>> COLUMNS = columns();

    private RecordRows() {}

    private static List<Column<CallRecord>> columns() {
        List<Column<CallRecord>> columns = new ArrayList<>(asked());
        columns.addAll(ended());
        columns.addAll(took());
        SpendRows.COLUMNS.forEach(column -> columns.add(new Column<>(
                column.name(), column.type(), call -> column.value().apply(call.spend()))));
        columns.add(new Column<>("findings", ColumnType.FINDINGS, CallRecord::findings));
        return List.copyOf(columns);
    }

    private static List<Column<CallRecord>> asked() {
        return List.of(
                Column.text("request_id", CallRecord::requestId),
                new Column<>("at", ColumnType.MOMENT, CallRecord::at),
                Column.text("tenant", CallRecord::tenant),
                Column.text("dialect", call -> orNull(call.labels().dialect(), Dialect::label)),
                Column.text("source", call -> call.labels().source()),
                Column.text("project", call -> call.labels().project()),
                Column.text("requested_model", call -> call.asked().model()),
                Column.text("profile", call -> call.asked().profile()),
                Column.text(
                        "classification", call -> call.asked().classification().word()),
                Column.flag("stream", call -> call.asked().stream()),
                Column.text("provider", call -> orNull(call.served(), CallRecord.Served::provider)),
                Column.text("model", call -> orNull(call.served(), CallRecord.Served::model)));
    }

    private static List<Column<CallRecord>> ended() {
        return List.of(
                Column.whole("status", call -> call.end().status()),
                Column.text("error_type", call -> call.end().errorType()),
                Column.text("impact", call -> call.impact().word()),
                Column.whole("attempts", call -> call.path().attempts()),
                Column.whole("failovers", call -> call.path().failovers()),
                Column.text(
                        "attempt_error", call -> orNull(call.path().lastFailure(), CallRecord.FailedTry::errorType)),
                Column.text(
                        "failed_provider",
                        call -> orNull(
                                call.path().lastFailure(),
                                failed -> failed.target().provider())),
                Column.text(
                        "failed_model",
                        call -> orNull(
                                call.path().lastFailure(),
                                failed -> failed.target().model())),
                Column.flag("hedged", call -> call.path().hedged()),
                Column.text("cache", call -> call.path().cache().word()),
                Column.flag("replayed", call -> call.path().replayed()));
    }

    private static List<Column<CallRecord>> took() {
        return List.of(
                Column.real("ttft_ms", call -> orNull(call.times().ttft(), RecordRows::millis)),
                Column.real("latency_ms", call -> millis(call.times().latency())),
                Column.real("gateway_ms", call -> millis(call.times().gateway())));
    }

    private static <T, R> @Nullable R orNull(@Nullable T from, Function<T, R> value) {
        return from == null ? null : value.apply(from);
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    private static Duration duration(double millis) {
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }

    /** Reads a row that has all the columns. */
    static CallRecord read(ResultSet row) throws SQLException {
        return new CallRecord(
                row.getString("request_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("tenant"),
                new CallLabels(
                        word(row, "dialect", Dialect.values(), Dialect::label),
                        row.getString("source"),
                        row.getString("project")),
                new CallRecord.Asked(
                        row.getString("requested_model"),
                        row.getString("profile"),
                        DataClassification.of(row.getString("classification")).orElse(DataClassification.CLASSIFIED),
                        row.getBoolean("stream")),
                served(row, "provider", "model"),
                new CallRecord.End(row.getInt("status"), row.getString("error_type")),
                path(row),
                times(row),
                SpendRows.read(row),
                FindingsJson.read(row.getString("findings")));
    }

    private static CallRecord.Path path(ResultSet row) throws SQLException {
        CallRecord.Served target = served(row, "failed_provider", "failed_model");
        String error = row.getString("attempt_error");
        CacheResult cache = word(row, "cache", CacheResult.values(), CacheResult::word);
        return new CallRecord.Path(
                row.getInt("attempts"),
                row.getInt("failovers"),
                row.getBoolean("hedged"),
                cache == null ? CacheResult.OFF : cache,
                row.getBoolean("replayed"),
                error == null || target == null ? null : new CallRecord.FailedTry(error, target));
    }

    private static CallRecord.Times times(ResultSet row) throws SQLException {
        double ttft = row.getDouble("ttft_ms");
        return new CallRecord.Times(
                row.wasNull() ? null : duration(ttft),
                duration(row.getDouble("latency_ms")),
                duration(row.getDouble("gateway_ms")));
    }

    private static CallRecord.@Nullable Served served(ResultSet row, String provider, String model)
            throws SQLException {
        String id = row.getString(provider);
        String name = row.getString(model);
        return id == null || name == null ? null : new CallRecord.Served(id, name);
    }

    private static <E> @Nullable E word(ResultSet row, String column, E[] values, Function<E, String> word)
            throws SQLException {
        String text = row.getString(column);
        return Stream.of(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElse(null);
    }
}
