package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.ir.json.JsonWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /v1/analytics/requesters} and {@code /v1/projects}: calls by what their callers said of themselves. */
final class LabelAnalytics implements TabularView {

    private static final int USUAL_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;
    private static final String LIMIT = "limit";

    /** How many calls went to models that are not listed, since there are more than a store lists. */
    private static final String UNLISTED = "unlisted_requests";

    private final RecordStore store;
    private final InstantSource clock;
    private final String name;
    private final Dimension label;
    private final Period.Length usual;

    private LabelAnalytics(RecordStore store, InstantSource clock, String name, Dimension label, Period.Length usual) {
        this.store = store;
        this.clock = clock;
        this.name = name;
        this.label = label;
        this.usual = usual;
    }

    /** Who called, by the header {@code x-source}. */
    static LabelAnalytics requesters(RecordStore store, InstantSource clock) {
        return new LabelAnalytics(store, clock, "requesters", Dimension.SOURCE, Period.Length.DAY);
    }

    /** What for, by the header {@code x-project}. */
    static LabelAnalytics projects(RecordStore store, InstantSource clock) {
        return new LabelAnalytics(store, clock, "projects", Dimension.PROJECT, Period.Length.MONTH);
    }

    /** What is asked. */
    private record Question(RecordQuery query, Period period, Parameters parameters) {

        int limit(int usual) {
            return parameters.number(LIMIT, usual, HIGHEST_LIMIT);
        }
    }

    private Question question(Map<String, List<String>> given) {
        RecordFilter filter = RecordFilter.of(given, Period.LENGTH, LIMIT);
        Period period = Period.of(filter.parameters(), clock.instant(), usual);
        return new Question(filter.values().between(period.from(), period.to()), period, filter.parameters());
    }

    @Override
    public byte[] json(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        int limit = question.limit(USUAL_LIMIT);
        Told told = store.read(records -> told(records, question, limit));
        JsonWriter json = new JsonWriter(16 * 1024).object();
        question.period.write(json);
        json.array(name);
        told.ranking.shown().forEach(row -> row(json.object(), row, told.models).endObject());
        json.endArray();
        told.ranking.writeOthers(json);
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        int limit = question.limit(RecordReading.MOST_ROWS);
        Told told = store.read(records -> told(records, question, limit));
        List<String> columns = new ArrayList<>(List.of(label.word()));
        columns.addAll(FigureJson.COLUMNS);
        columns.addAll(List.of("first_seen", "last_seen", "models", UNLISTED));
        return told.ranking.table(name, columns, row -> row(new JsonWriter().object(), row, told.models));
    }

    /**
     * What is told of each label.
     *
     * @param models the sums by model of each; those without a label are under the empty text, which none of them can be
     */
    private record Told(Ranking ranking, Map<String, List<SumRow>> models) {}

    private Told told(RecordReading records, Question question, int limit) {
        Ranking ranking = Ranking.of(records, question.query, RecordSums.by(label), limit);
        RecordSums all = RecordSums.by(label, Dimension.MODEL).withoutLatencies();
        RecordSums byModel =
                ranking.shown().size() <= HIGHEST_LIMIT && ranking.others() != null ? all.only(ranking.values()) : all;
        return new Told(
                ranking,
                records.sums(question.query, byModel).stream().collect(Collectors.groupingBy(LabelAnalytics::key)));
    }

    private static String key(SumRow row) {
        String value = row.values().getFirst();
        return value == null ? "" : value;
    }

    private JsonWriter row(JsonWriter json, SumRow row, Map<String, List<SumRow>> models) {
        json.textOrNull(label.word(), row.values().getFirst());
        FigureJson.members(json, row.figures());
        json.text("first_seen", row.first().toString())
                .text("last_seen", row.last().toString())
                .array("models");
        long unlisted = row.figures().requests();
        for (SumRow model : models.getOrDefault(key(row), List.of())) {
            unlisted -= model.figures().requests();
            json.object()
                    .textOrNull("model", model.values().get(1))
                    .number("requests", model.figures().requests());
            FigureJson.successRate(json, model.figures());
            json.number("cost_usd", model.figures().costUsd()).endObject();
        }
        return json.endArray().number(UNLISTED, unlisted);
    }
}
