package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /v1/analytics}: what calls were and cost over a time, in its buckets, and by model, provider and project. */
final class UsageAnalytics implements TabularView {

    private static final int USUAL_TOP = 10;
    private static final int HIGHEST_TOP = 50;

    private static final String TABLE = "table";
    private static final String BUCKETS = "buckets";

    /** The tables beside that of the buckets, by name. */
    private static final List<String> SPLIT_NAMES = List.of("models", "providers", "projects");

    private static final List<Dimension> SPLITS = List.of(Dimension.MODEL, Dimension.PROVIDER, Dimension.PROJECT);

    private final RecordStore store;
    private final InstantSource clock;

    UsageAnalytics(RecordStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What is asked. */
    private record Question(
            RecordQuery query,
            Period period,
            Buckets.Wish wish,
            int top,
            @Nullable String table) {}

    /** The whole and its parts. */
    private record Usage(RecordQuery query, Buckets buckets, Figures whole, List<Figures> parts) {}

    private Question question(Map<String, List<String>> given) {
        RecordFilter filter = RecordFilter.of(given, Period.LENGTH, Buckets.BUCKET, Buckets.ZONE, "top", TABLE);
        Parameters parameters = filter.parameters();
        Period period = Period.of(parameters, clock.instant(), Period.Length.DAY);
        List<String> tables =
                Stream.concat(Stream.of(BUCKETS), SPLIT_NAMES.stream()).toList();
        return new Question(
                filter.values().between(period.from(), period.to()),
                period,
                Buckets.Wish.of(parameters),
                parameters.number("top", USUAL_TOP, HIGHEST_TOP),
                parameters.choice(TABLE, tables));
    }

    private static Usage usage(RecordReading records, Question question) {
        if (question.period.from() != null) {
            question.wish.cut(question.period.from(), question.period.to());
        }
        List<SumRow> total = records.sums(question.query, RecordSums.TOTAL);
        Instant begin =
                question.period.begin(total.isEmpty() ? null : total.getFirst().first());
        Buckets buckets = question.wish.cut(begin, question.period.to());
        RecordQuery query = question.query.between(begin, question.period.to());
        Figures[] parts = new Figures[buckets.size()];
        Arrays.fill(parts, Figures.NONE);
        records.sums(query, RecordSums.TOTAL.inPeriods(buckets.edges()))
                .forEach(row -> parts[row.period()] = row.figures());
        Figures sum = Arrays.stream(parts).reduce(Figures.NONE, FigureJson::plus);
        return new Usage(query, buckets, FigureJson.withPercentilesOf(FigureJson.only(total), sum), List.of(parts));
    }

    @Override
    public byte[] json(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        if (question.table != null) {
            throw Parameters.wrong(TABLE, "is for answers as CSV or JSON lines; JSON has all tables");
        }
        return store.read(records -> json(records, question));
    }

    private byte[] json(RecordReading records, Question question) {
        Usage usage = usage(records, question);
        Buckets buckets = usage.buckets;
        JsonWriter json = new JsonWriter(32 * 1024)
                .object()
                .text("from", buckets.edge(0))
                .text("to", buckets.edge(buckets.size()))
                .text("tz", buckets.zone().getId())
                .text("bucket", buckets.bucket().word())
                .object("summary");
        FigureJson.members(json, usage.whole);
        json.endObject().array(BUCKETS);
        for (int i = 0; i < buckets.size(); i++) {
            bucket(json, usage, i);
        }
        json.endArray();
        for (int i = 0; i < SPLITS.size(); i++) {
            Split.of(records, usage.query, buckets, usage.parts, SPLITS.get(i), question.top)
                    .write(json, SPLIT_NAMES.get(i));
        }
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }

    private static void bucket(JsonWriter json, Usage usage, int index) {
        json.object().text("begin", usage.buckets.edge(index)).text("end", usage.buckets.edge(index + 1));
        FigureJson.members(json, usage.parts.get(index));
        json.endObject();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        int split = question.table == null ? -1 : SPLIT_NAMES.indexOf(question.table);
        return split < 0 ? buckets(store.read(records -> usage(records, question))) : split(question, split);
    }

    private static Table buckets(Usage usage) {
        return new Table(
                "analytics",
                columns("begin", "end"),
                IntStream.range(0, usage.buckets.size())
                        .mapToObj(i -> {
                            JsonWriter json = new JsonWriter();
                            bucket(json, usage, i);
                            return json.toBytes();
                        })
                        .iterator());
    }

    private Table split(Question question, int index) {
        Dimension dimension = SPLITS.get(index);
        Ranking ranking = store.read(
                records -> Ranking.of(records, question.query, RecordSums.by(dimension), RecordReading.MOST_ROWS));
        List<String> columns = columns(dimension.word());
        return ranking.table(SPLIT_NAMES.get(index), columns, row -> {
            JsonWriter json = new JsonWriter()
                    .object()
                    .textOrNull(dimension.word(), row.values().getFirst());
            FigureJson.members(json, row.figures());
            return json;
        });
    }

    private static List<String> columns(String... keys) {
        List<String> columns = new ArrayList<>(List.of(keys));
        columns.addAll(FigureJson.COLUMNS);
        return columns;
    }
}
