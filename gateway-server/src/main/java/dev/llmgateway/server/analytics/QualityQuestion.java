package dev.llmgateway.server.analytics;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.records.Dimension;
import dev.llmgateway.api.records.RecordQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which reports and which calls are meant.
 *
 * @param reports of any model
 * @param calls of any model and any time
 */
record QualityQuestion(Parameters parameters, Period period, SignalQuery reports, RecordQuery calls) {

    private static final String TASK = "task_type";
    private static final String TYPE = "signal_type";

    private static final List<Dimension> CALLS_BY = List.of(Dimension.SOURCE, Dimension.PROJECT, Dimension.TENANT);

    /**
     * What parameters mean.
     *
     * @param more others that there may be
     */
    static QualityQuestion of(Map<String, List<String>> given, Instant now, Period.Length usual, String... more) {
        List<String> known = new ArrayList<>(List.of(Period.FROM, Period.TO, Period.LENGTH, TASK, TYPE));
        CALLS_BY.forEach(dimension -> known.add(dimension.word()));
        known.addAll(List.of(more));
        Parameters parameters = Parameters.of(given, known);
        RecordQuery calls = RecordQuery.ALL;
        for (Dimension dimension : CALLS_BY) {
            calls = calls.with(dimension, parameters.text(dimension.word()));
        }
        SignalQuery reports = new SignalQuery(null, word(parameters, TASK), word(parameters, TYPE));
        return new QualityQuestion(parameters, Period.of(parameters, now, usual), reports, calls);
    }

    private static @Nullable String word(Parameters parameters, String name) {
        String text = parameters.given(name);
        if (text != null && !QualitySignal.isWord(text)) {
            throw Parameters.wrong(name, "must be 1 to 64 letters, digits, '_', '.' or '-' of ASCII");
        }
        return text;
    }

    /** The reports of one model. */
    SignalQuery reportsOf(String card) {
        return new SignalQuery(card, reports.taskType(), reports.signalType());
    }

    /** When the period begins; no report is older than 1970. */
    Instant begin() {
        return period.from() == null ? Instant.EPOCH : period.from();
    }

    /** When the period of the same length before begins; null when there is none before. */
    @Nullable
    Instant previousBegin() {
        Instant from = period.from();
        if (from == null) {
            return null;
        }
        Instant before = from.minus(Duration.between(from, period.to()));
        return Parameters.isMoment(before) ? before : null;
    }
}
