package dev.llmgateway.server.analytics;

import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code /v1/quality}: what was reported about each model, how its calls ended, and how both were in the period before. */
final class QualityOfModels implements TabularView {

    private final SignalStore reports;
    private final RecordStore calls;
    private final LiveCatalog catalog;
    private final InstantSource clock;

    QualityOfModels(SignalStore reports, RecordStore calls, LiveCatalog catalog, InstantSource clock) {
        this.reports = reports;
        this.calls = calls;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** A model in the period and in the one before. */
    private record Row(String card, QualityFigures previous, QualityFigures now) {

        void write(JsonWriter json) {
            json.object().text("model_card_id", card);
            now.write(json);
            json.number("previous_samples", previous.samples());
            QualityFigures.figure(json, "previous_mean", previous.mean());
            json.number("previous_requests", previous.calls().requests());
            QualityFigures.figure(json, "previous_success_rate", previous.successRate());
            QualityFigures.figure(json, "trend", QualityFigures.change(previous.mean(), now.mean()));
            QualityFigures.figure(
                    json, "success_rate_trend", QualityFigures.change(previous.successRate(), now.successRate()));
            json.endObject();
        }
    }

    @Override
    public byte[] json(Map<String, List<String>> parameters) {
        QualityQuestion question = question(parameters);
        JsonWriter json = new JsonWriter(16 * 1024).object();
        question.period().write(json);
        Instant previous = question.previousBegin();
        json.textOrNull("previous_from", previous == null ? null : previous.toString())
                .array("models");
        rows(question).forEach(row -> row.write(json));
        return json.endArray()
                .bool("persistent", reports.isPersistent())
                .endObject()
                .toBytes();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        List<String> columns = new ArrayList<>(List.of("model_card_id"));
        columns.addAll(QualityFigures.COLUMNS);
        QualityFigures.COLUMNS.forEach(column -> columns.add("previous_" + column));
        columns.addAll(List.of("trend", "success_rate_trend"));
        return new Table(
                "quality",
                columns,
                rows(question(parameters)).stream()
                        .map(row -> {
                            JsonWriter json = new JsonWriter();
                            row.write(json);
                            return json.toBytes();
                        })
                        .iterator());
    }

    private QualityQuestion question(Map<String, List<String>> parameters) {
        return QualityQuestion.of(parameters, clock.instant(), Period.Length.WEEK);
    }

    /** The models with the most reports first. */
    private List<Row> rows(QualityQuestion question) {
        Instant previous = question.previousBegin();
        List<Instant> edges =
                new ArrayList<>(List.of(question.begin(), question.period().to()));
        if (previous != null) {
            edges.addFirst(previous);
        }
        List<Map<String, QualityFigures>> byPeriod = new ArrayList<>();
        edges.forEach(edge -> byPeriod.add(new HashMap<>()));
        for (SignalSum sum : reports.sums(question.reports(), edges)) {
            byPeriod.get(sum.period()).merge(sum.card(), QualityFigures.of(sum), QualityFigures::plus);
        }
        addCalls(question, edges, byPeriod);
        Map<String, QualityFigures> before = previous == null ? Map.of() : byPeriod.getFirst();
        Map<String, QualityFigures> now = byPeriod.get(edges.size() - 2);
        Set<String> cards = new TreeSet<>(before.keySet());
        cards.addAll(now.keySet());
        return cards.stream()
                .map(card -> new Row(
                        card,
                        before.getOrDefault(card, QualityFigures.NONE),
                        now.getOrDefault(card, QualityFigures.NONE)))
                .sorted(Comparator.comparingLong((Row row) -> row.now.samples())
                        .thenComparingLong(row -> row.now.calls().requests())
                        .reversed())
                .toList();
    }

    /** Calls of models without a card are left out. */
    private void addCalls(QualityQuestion question, List<Instant> edges, List<Map<String, QualityFigures>> byPeriod) {
        ServedCards cards = ServedCards.of(catalog.snapshot());
        RecordSums wanted = RecordSums.by(Dimension.PROVIDER, Dimension.MODEL)
                .withoutLatencies()
                .inPeriods(edges);
        for (SumRow row : calls.sums(question.calls().between(edges.getFirst(), edges.getLast()), wanted)) {
            String card = cards.of(row.values().get(0), row.values().get(1));
            if (card != null) {
                byPeriod.get(row.period()).merge(card, QualityFigures.of(row.figures()), QualityFigures::plus);
            }
        }
    }
}
