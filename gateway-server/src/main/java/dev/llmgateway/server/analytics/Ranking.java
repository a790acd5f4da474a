package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values with the most requests one by one, and all others as one: together they are the whole, also when there are more
 * values than a store lists.
 *
 * @param others null when there are none
 */
record Ranking(List<SumRow> shown, @Nullable Others others) {

    private static final String IS_OTHERS = "others";

    /**
     * What is not shown one by one.
     *
     * @param values how many they are; null when a store does not list them all
     * @param figures their sum, without percentiles
     */
    record Others(@Nullable Integer values, Figures figures) {

        private JsonWriter row(List<String> columns) {
            JsonWriter json = new JsonWriter().object();
            columns.stream()
                    .filter(column -> !FigureJson.COLUMNS.contains(column) || FigureJson.LATENCIES.contains(column))
                    .forEach(json::nothing);
            FigureJson.membersWithoutLatency(json, figures);
            return json.bool(IS_OTHERS, true);
        }

        /** Writes how many they are, and their sum. */
        void members(JsonWriter json) {
            if (values == null) {
                json.nothing("values");
            } else {
                json.number("values", values);
            }
            FigureJson.membersWithoutLatency(json, figures);
        }
    }

    /**
     * Parts what was asked for.
     *
     * @param rows as a store returns them, of one period
     * @param most how many are shown one by one, at most
     * @param whole the sum of all calls, for when the rows may not be all of them
     */
    static Ranking of(List<SumRow> rows, int most, Supplier<Figures> whole) {
        List<SumRow> shown = rows.subList(0, Math.min(most, rows.size()));
        Figures listed = sum(rows);
        Figures all = rows.size() < RecordReading.MOST_ROWS ? listed : whole.get();
        boolean isAll = all.requests() == listed.requests();
        if (isAll && shown.size() == rows.size()) {
            return new Ranking(shown, null);
        }
        return new Ranking(
                shown,
                isAll
                        ? new Others(rows.size() - shown.size(), sum(rows.subList(shown.size(), rows.size())))
                        : new Others(null, FigureJson.minus(all, sum(shown))));
    }

    /** Asks for the whole only when it is needed. */
    static Ranking of(RecordReading records, RecordQuery query, RecordSums wanted, int most) {
        return of(
                records.sums(query, wanted),
                most,
                () -> FigureJson.only(records.sums(query, RecordSums.TOTAL.withoutLatencies())));
    }

    private static Figures sum(List<SumRow> rows) {
        return rows.stream().map(SumRow::figures).reduce(Figures.NONE, FigureJson::plus);
    }

    /** The values that are shown; null stands for calls that have none. */
    List<@Nullable String> values() {
        List<@Nullable String> values = new ArrayList<>();
        shown.forEach(row -> values.add(row.values().getFirst()));
        return values;
    }

    /**
     * All of it as a table, whose last row is of all others when there are any: {@value #IS_OTHERS} tells it from a value.
     *
     * @param columns what a row of one value has
     * @param row writes the members of one value, and leaves the object open
     */
    Table table(String name, List<String> columns, Function<SumRow, JsonWriter> row) {
        List<String> all = new ArrayList<>(columns);
        all.add(IS_OTHERS);
        Stream<JsonWriter> rows = shown.stream().map(value -> row.apply(value).bool(IS_OTHERS, false));
        Stream<JsonWriter> last = others == null ? Stream.empty() : Stream.of(others.row(columns));
        return new Table(
                name,
                all,
                Stream.concat(rows, last)
                        .map(json -> json.endObject().toBytes())
                        .iterator());
    }

    /** Writes all others as one member. */
    void writeOthers(JsonWriter json) {
        if (others == null) {
            json.nothing("others");
        } else {
            json.object("others");
            others.members(json);
            json.endObject();
        }
    }
}
