package dev.llmgateway.server.analytics;

import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.records.Figures;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the quality of a model's answers.
 *
 * @param samples how many reports there were
 * @param sum of their values
 * @param calls that the model answered, or failed to
 */
record QualityFigures(long samples, double sum, Figures calls) {

    static final QualityFigures NONE = new QualityFigures(0, 0, Figures.NONE);

    /** The members of a sum. */
    static final List<String> COLUMNS = List.of("samples", "mean", "requests", "success_rate");

    static QualityFigures of(SignalSum reports) {
        return new QualityFigures(reports.samples(), reports.mean() * reports.samples(), Figures.NONE);
    }

    static QualityFigures of(Figures calls) {
        return new QualityFigures(0, 0, calls);
    }

    QualityFigures plus(QualityFigures other) {
        return new QualityFigures(samples + other.samples, sum + other.sum, FigureJson.plus(calls, other.calls));
    }

    /** The mean of the reports, 0..1; null when there are none. */
    @Nullable
    Double mean() {
        return samples == 0 ? null : Double.valueOf(sum / samples);
    }

    /** Null when there was no call whose client waited for its end. */
    @Nullable
    Double successRate() {
        return calls.successRate();
    }

    boolean isEmpty() {
        return samples == 0 && calls.requests() == 0;
    }

    void write(JsonWriter json) {
        json.number("samples", samples);
        figure(json, "mean", mean());
        json.number("requests", calls.requests());
        figure(json, "success_rate", successRate());
    }

    /** Writes a figure to six places, or null. */
    static void figure(JsonWriter json, String name, @Nullable Double value) {
        if (value == null) {
            json.nothing(name);
        } else {
            json.number(name, Math.round(value * 1e6) / 1e6);
        }
    }

    /** How far a figure is above an earlier one; null when one of them is. */
    static @Nullable Double change(@Nullable Double earlier, @Nullable Double now) {
        return earlier == null || now == null ? null : Double.valueOf(now - earlier);
    }
}
