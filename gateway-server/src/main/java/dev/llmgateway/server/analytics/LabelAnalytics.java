package dev.llmgateway.server.analytics;

import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.Figures;
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
        Told told = store.read(records -> told(records, question));
        List<SumRow> rows = told.rows;
        JsonWriter json = new JsonWriter(16 * 1024).object();
        question.period.write(json);
        json.array(name);
        rows.stream().limit(limit).forEach(row -> row(json, row, told.models));
        json.endArray();
        if (rows.size() > limit) {
            json.object("others").number("values", rows.size() - limit);
            FigureJson.membersWithoutLatency(
                    json, rows.stream().skip(limit).map(SumRow::figures).reduce(Figures.NONE, FigureJson::plus));
            json.endObject();
        } else {
            json.nothing("others");
        }
        return json.bool("persistent", store.isPersistent()).endObject().toBytes();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Question question = question(parameters);
        int limit = question.limit(RecordReading.MOST_ROWS);
        Told told = store.read(records -> told(records, question));
        List<String> columns = new ArrayList<>(List.of(label.word()));
        columns.addAll(FigureJson.COLUMNS);
        columns.addAll(List.of("first_seen", "last_seen", "models"));
        return new Table(
                name,
                columns,
                told.rows.stream()
                        .limit(limit)
                        .map(row -> {
                            JsonWriter json = new JsonWriter();
                            row(json, row, told.models);
                            return json.toBytes();
                        })
                        .iterator());
    }

    /**
     * What is told of each label.
     *
     * @param models the sums by model of each; those without a label are under the empty text, which none of them can be
     */
    private record Told(List<SumRow> rows, Map<String, List<SumRow>> models) {}

    private Told told(RecordReading records, Question question) {
        RecordSums byModel = RecordSums.by(label, Dimension.MODEL).withoutLatencies();
        return new Told(
                records.sums(question.query, RecordSums.by(label)),
                records.sums(question.query, byModel).stream().collect(Collectors.groupingBy(LabelAnalytics::key)));
    }

    private static String key(SumRow row) {
        String value = row.values().getFirst();
        return value == null ? "" : value;
    }

    private void row(JsonWriter json, SumRow row, Map<String, List<SumRow>> models) {
        json.object().textOrNull(label.word(), row.values().getFirst());
        FigureJson.members(json, row.figures());
        json.text("first_seen", row.first().toString())
                .text("last_seen", row.last().toString())
                .array("models");
        for (SumRow model : models.getOrDefault(key(row), List.of())) {
            json.object()
                    .textOrNull("model", model.values().get(1))
                    .number("requests", model.figures().requests())
                    .number("success_rate", model.figures().successRate())
                    .number("cost_usd", model.figures().costUsd())
                    .endObject();
        }
        json.endArray().endObject();
    }
}
