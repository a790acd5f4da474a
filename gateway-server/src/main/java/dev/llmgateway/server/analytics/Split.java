package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
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
    private final Ranking ranking;
    /** The points of each shown value, and of all others under {@link #OTHERS}; null when there are too many points. */
    private final @Nullable Map<Key, Figures[]> series;

    /** A value, which may be null. */
    private record Key(boolean isShown, @Nullable String value) {}

    private Split(Dimension dimension, Ranking ranking, @Nullable Map<Key, Figures[]> series) {
        this.dimension = dimension;
        this.ranking = ranking;
        this.series = series;
    }

    /**
     * Asks for a split.
     *
     * @param whole the sum of all calls in each bucket
     * @param top how many values are shown one by one, at most
     */
    static Split of(
            RecordReading records,
            RecordQuery query,
            Buckets buckets,
            List<Figures> whole,
            Dimension dimension,
            int top) {
        RecordSums wanted = RecordSums.by(dimension);
        Ranking ranking = Ranking.of(
                records.sums(query, wanted), top, () -> whole.stream().reduce(Figures.NONE, FigureJson::plus));
        if (ranking.shown().size() * whole.size() > RecordReading.MOST_ROWS) {
            return new Split(dimension, ranking, null);
        }
        List<@Nullable String> values = ranking.values();
        List<SumRow> points = values.isEmpty()
                ? List.of()
                : records.sums(query, wanted.only(values).withoutLatencies().inPeriods(buckets.edges()));
        return new Split(dimension, ranking, series(values, points, whole));
    }

    /** What is not of a shown value is of the others. */
    private static Map<Key, Figures[]> series(List<@Nullable String> values, List<SumRow> points, List<Figures> whole) {
        Map<Key, Figures[]> all = new HashMap<>();
        Figures[] others = whole.toArray(Figures[]::new);
        all.put(OTHERS, others);
        values.forEach(value -> all.put(new Key(true, value), nothing(whole.size())));
        for (SumRow point : points) {
            Figures[] line = all.get(key(point));
            if (line != null) {
                line[point.period()] = point.figures();
                others[point.period()] = FigureJson.minus(others[point.period()], point.figures());
            }
        }
        return all;
    }

    private static Figures[] nothing(int periods) {
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
        for (SumRow row : ranking.shown()) {
            json.object().textOrNull(dimension.word(), row.values().getFirst());
            FigureJson.members(json, row.figures());
            series(json, key(row));
            json.endObject();
        }
        json.endArray();
        if (ranking.others() == null) {
            json.nothing("others");
        } else {
            json.object("others");
            ranking.others().members(json);
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
