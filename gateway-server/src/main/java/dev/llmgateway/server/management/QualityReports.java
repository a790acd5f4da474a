package dev.llmgateway.server.management;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.json.Json;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import dev.llmgateway.routing.signals.Degradation;
import dev.llmgateway.routing.signals.DegradationAlerts.Criteria;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reports about the quality of answers, as JSON: taken, handed out, and judged. Thread safe. */
public final class QualityReports {

    /** As many reports may come at once. */
    static final int MOST_AT_ONCE = 1_000;

    private static final String CARD = "model_card_id";
    private static final String TASK = "task_type";
    private static final String TYPE = "signal_type";
    private static final String VALUE = "value";

    private static final String ALL = "signals";

    private static final String WINDOW = "window_hours";
    private static final String THRESHOLD = "threshold";
    private static final String MIN_SAMPLES = "min_samples";
    private static final int MOST_SAMPLES = 1_000_000;

    private final LiveCatalog catalog;
    private final AdaptiveQuality quality;
    private final Consumer<List<QualitySignal>> taker;
    private final InstantSource clock;

    /**
     * Reports about the models of a catalog.
     *
     * @param taker is given the reports, and tells the quality of them
     * @param clock dates them
     */
    public QualityReports(
            LiveCatalog catalog, AdaptiveQuality quality, Consumer<List<QualitySignal>> taker, InstantSource clock) {
        this.catalog = catalog;
        this.quality = quality;
        this.taker = taker;
        this.clock = clock;
    }

    /**
     * Takes one report, an array of them, or {@code {"signals": [...]}}: all or none.
     *
     * @return how many were accepted
     * @throws InvalidRequestFormatException when one is not right
     */
    public byte[] record(byte[] body) {
        List<QualitySignal> signals = read(Json.parse(body));
        taker.accept(signals);
        return new JsonWriter()
                .object()
                .number("accepted", signals.size())
                .endObject()
                .toBytes();
    }

    /** Hands out the reports that have not been handed out. */
    public byte[] drain() {
        SignalBoard.Drained drained = quality.board().drain();
        JsonWriter json = new JsonWriter().object().array(ALL);
        for (QualitySignal signal : drained.signals()) {
            json.object()
                    .text(CARD, signal.card())
                    .text(TASK, signal.taskType())
                    .text(TYPE, signal.signalType())
                    .number(VALUE, signal.value())
                    .text("recorded_at", signal.at().toString())
                    .endObject();
        }
        return json.endArray().number("dropped", drained.dropped()).endObject().toBytes();
    }

    /**
     * Tells which models got worse.
     *
     * @param body what counts as worse, {@code {"window_hours", "threshold", "min_samples"}}, each of them optional; may be
     *     empty
     * @throws InvalidRequestFormatException when it is not right
     */
    public byte[] alerts(byte[] body) {
        Criteria criteria = criteria(Members.ofOptional(body));
        JsonWriter json = new JsonWriter().object().array("alerts");
        quality.alerts().check(criteria).forEach(found -> alert(json, found));
        return json.endArray()
                .number(WINDOW, criteria.windowHours())
                .number(THRESHOLD, criteria.threshold())
                .number(MIN_SAMPLES, criteria.minSamples())
                .endObject()
                .toBytes();
    }

    private List<QualitySignal> read(JsonNode body) {
        Instant now = clock.instant();
        ModelCatalog known = catalog.snapshot().catalog();
        JsonNode array = body;
        if (!body.isArray()) {
            Members members = Members.of(body);
            array = members.node(ALL);
            if (array == null) {
                return List.of(signal(known, members, now));
            }
            members.requireNoOthers();
        }
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_AT_ONCE) {
            throw new InvalidRequestFormatException(ALL, "must be an array of 1 to " + MOST_AT_ONCE + " reports");
        }
        List<QualitySignal> signals = new ArrayList<>(array.size());
        for (JsonNode each : array) {
            signals.add(signal(known, Members.ofElement(each, ALL + "[" + signals.size() + "]"), now));
        }
        return signals;
    }

    private static QualitySignal signal(ModelCatalog known, Members members, Instant now) {
        String card = members.text(CARD);
        String taskType = word(members, TASK);
        String signalType = word(members, TYPE);
        Double value = members.number(VALUE, 1);
        members.requireNoOthers();
        return new QualitySignal(
                inCatalog(known, members, members.required(CARD, card)),
                members.required(TASK, taskType),
                members.required(TYPE, signalType),
                members.required(VALUE, value),
                now);
    }

    private static String inCatalog(ModelCatalog known, Members members, String card) {
        if (known.card(card) == null) {
            throw members.wrong(CARD, UnknownCard.sentence(known, card));
        }
        return card;
    }

    private static @Nullable String word(Members members, String name) {
        String text = members.text(name);
        if (text != null && !QualitySignal.isWord(text)) {
            throw members.wrong(name, "must be 1 to 64 letters, digits, '_', '.' or '-' of ASCII");
        }
        return text;
    }

    private static Criteria criteria(Members members) {
        Integer hours = members.whole(WINDOW, 1, Criteria.MAX_WINDOW_HOURS);
        Double threshold = members.number(THRESHOLD, 1);
        Integer samples = members.whole(MIN_SAMPLES, 1, MOST_SAMPLES);
        members.requireNoOthers();
        return new Criteria(
                hours == null ? Criteria.DEFAULT.windowHours() : hours,
                threshold == null ? Criteria.DEFAULT.threshold() : threshold,
                samples == null ? Criteria.DEFAULT.minSamples() : samples);
    }

    private static void alert(JsonWriter json, Degradation found) {
        json.object()
                .text(CARD, found.card())
                .text(TASK, found.taskType())
                .number("previous_mean", rounded(found.previous().mean()))
                .number("current_mean", rounded(found.current().mean()))
                .number("drop", rounded(found.drop()))
                .number("previous_samples", found.previous().samples())
                .number("current_samples", found.current().samples())
                .endObject();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
