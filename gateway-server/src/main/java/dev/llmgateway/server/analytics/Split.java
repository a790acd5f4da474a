package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Calls told apart by one dimension, over time: the values with the most requests one by one, all others as one. */
final class Split {

    private static final Key OTHERS = new Key(false, null);

    private final Dimension dimension;
    private final List<SumRow> shown;
    private final List<SumRow> rest;
    private final int periods;
    /** The points of each shown value, and of all others under {@link #OTHERS}; null when there are too many points. */
    private final @Nullable Map<Key, Figures[]> series;

    /** A value, which may be null. */
    private record Key(boolean isShown, @Nullable String value) {}

    private Split(Dimension dimension, List<SumRow> rows, int top, int periods, List<SumRow> points) {
        this.dimension = dimension;
        this.shown = rows.subList(0, Math.min(top, rows.size()));
        this.rest = rows.subList(shown.size(), rows.size());
        this.periods = periods;
        this.series = points.size() < RecordStore.MOST_ROWS ? series(points) : null;
    }

    /**
     * Asks a store.
     *
     * @param top how many values are shown one by one, at most
     */
    static Split of(RecordStore store, RecordQuery query, Buckets buckets, Dimension dimension, int top) {
        RecordSums wanted = RecordSums.by(dimension);
        return new Split(
                dimension,
                store.sums(query, wanted),
                top,
                buckets.size(),
                store.sums(query, wanted.inPeriods(buckets.edges())));
    }

    private Map<Key, Figures[]> series(List<SumRow> points) {
        Map<Key, Figures[]> all = new HashMap<>();
        all.put(OTHERS, nothing());
        shown.forEach(row -> all.put(key(row), nothing()));
        for (SumRow point : points) {
            Figures[] line = all.getOrDefault(key(point), all.get(OTHERS));
            line[point.period()] = FigureJson.plus(line[point.period()], point.figures());
        }
        return all;
    }

    private Figures[] nothing() {
        Figures[] line = new Figures[periods];
        Arrays.fill(line, Figures.NONE);
        return line;
    }

    private static Key key(SumRow row) {
        return new Key(true, row.values().getFirst());
    }

    /** Writes the split as a member. */
    void write(JsonWriter json, String name) {
        json.object(name).array("shown");
        for (SumRow row : shown) {
            json.object().textOrNull(dimension.word(), row.values().getFirst());
            FigureJson.members(json, row.figures());
            series(json, key(row));
            json.endObject();
        }
        json.endArray();
        if (rest.isEmpty()) {
            json.nothing("others");
        } else {
            json.object("others").number("values", rest.size());
            FigureJson.membersWithoutLatency(
                    json, rest.stream().map(SumRow::figures).reduce(Figures.NONE, FigureJson::plus));
            series(json, OTHERS);
            json.endObject();
        }
        json.endObject();
    }

    private void series(JsonWriter json, Key key) {
        Figures @Nullable [] line = series == null ? null : series.get(key);
        if (line == null) {
            json.nothing("series");
            return;
        }
        json.object("series");
        counts(json, "requests", line, Figures::requests);
        counts(json, "failed", line, Figures::failed);
        counts(json, "input_tokens", line, point -> point.usage().totalInput());
        counts(json, "output_tokens", line, point -> point.usage().output());
        json.array("cost_usd");
        for (Figures point : line) {
            json.number(point.costUsd());
        }
        json.endArray().endObject();
    }

    private static void counts(JsonWriter json, String name, Figures[] line, ToLongFunction<Figures> count) {
        json.array(name);
        for (Figures point : line) {
            json.number(count.applyAsLong(point));
        }
        json.endArray();
    }
}
