package dev.llmgateway.server.analytics;

import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordSums;
import dev.llmgateway.api.records.SumRow;
import dev.llmgateway.api.spi.RecordReading;
import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code /v1/quality/{model_card_id}}: what was reported about one model and how its calls ended, bucket by bucket. */
final class QualityOfModel implements TabularView {

    private final SignalStore reports;
    private final RecordStore calls;
    private final CatalogSnapshot snapshot;
    private final ModelCard card;
    private final InstantSource clock;

    QualityOfModel(
            SignalStore reports, RecordStore calls, CatalogSnapshot snapshot, ModelCard card, InstantSource clock) {
        this.reports = reports;
        this.calls = calls;
        this.snapshot = snapshot;
        this.card = card;
        this.clock = clock;
    }

    private record Series(Buckets buckets, List<QualityFigures> parts) {

        void write(JsonWriter json, int index) {
            json.object().text("begin", buckets.edge(index)).text("end", buckets.edge(index + 1));
            parts.get(index).write(json);
            json.endObject();
        }
    }

    @Override
    public byte[] json(Map<String, List<String>> parameters) {
        Series series = series(parameters);
        Buckets buckets = series.buckets;
        JsonWriter json = new JsonWriter(16 * 1024)
                .object()
                .text("model_card_id", card.id())
                .text("from", buckets.edge(0))
                .text("to", buckets.edge(buckets.size()))
                .text("tz", buckets.zone().getId())
                .text("bucket", buckets.bucket().word())
                .object("summary");
        series.parts.stream().reduce(QualityFigures.NONE, QualityFigures::plus).write(json);
        json.endObject().array("buckets");
        for (int i = 0; i < buckets.size(); i++) {
            series.write(json, i);
        }
        return json.endArray()
                .bool("persistent", reports.isPersistent())
                .endObject()
                .toBytes();
    }

    @Override
    public Table table(Map<String, List<String>> parameters) {
        Series series = series(parameters);
        List<String> columns = new ArrayList<>(List.of("begin", "end"));
        columns.addAll(QualityFigures.COLUMNS);
        return new Table(
                "quality",
                columns,
                IntStream.range(0, series.parts.size())
                        .mapToObj(i -> {
                            JsonWriter json = new JsonWriter();
                            series.write(json, i);
                            return json.toBytes();
                        })
                        .iterator());
    }

    private Series series(Map<String, List<String>> parameters) {
        QualityQuestion question =
                QualityQuestion.of(parameters, clock.instant(), Period.Length.WEEK, Buckets.BUCKET, Buckets.ZONE);
        return calls.read(reading -> series(question, reading));
    }

    /** Calls of one state; reports are dated when they come, so that none comes into a period that is asked for. */
    private Series series(QualityQuestion question, RecordReading reading) {
        Buckets buckets = Buckets.Wish.of(question.parameters())
                .cut(begin(question, reading), question.period().to());
        QualityFigures[] parts = new QualityFigures[buckets.size()];
        Arrays.fill(parts, QualityFigures.NONE);
        for (SignalSum sum : reports.sums(question.reportsOf(card.id()), buckets.edges())) {
            parts[sum.period()] = parts[sum.period()].plus(QualityFigures.of(sum));
        }
        for (SumRow row : calls(question, buckets.edges(), reading)) {
            parts[row.period()] = parts[row.period()].plus(QualityFigures.of(row.figures()));
        }
        return new Series(buckets, List.of(parts));
    }

    /** All time begins with the first report or call. */
    private Instant begin(QualityQuestion question, RecordReading reading) {
        if (question.period().from() != null) {
            return question.begin();
        }
        List<Instant> all = List.of(Instant.EPOCH, question.period().to());
        Stream<Instant> firstReport =
                reports.sums(question.reportsOf(card.id()), all).stream().map(SignalSum::first);
        Stream<Instant> firstCall = calls(question, all, reading).stream().map(SumRow::first);
        return question.period()
                .begin(Stream.concat(firstReport, firstCall)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    private List<SumRow> calls(QualityQuestion question, List<Instant> edges, RecordReading reading) {
        ServedCards cards = ServedCards.of(snapshot);
        return reading
                .sums(
                        question.calls()
                                .with(Dimension.MODEL, card.wireId())
                                .between(edges.getFirst(), edges.getLast()),
                        RecordSums.by(Dimension.PROVIDER).withoutLatencies().inPeriods(edges))
                .stream()
                .filter(row -> card.id().equals(cards.of(row.values().getFirst(), card.wireId())))
                .toList();
    }
}
