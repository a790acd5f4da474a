package dev.llmgateway.routing.signals;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.routing.catalog.LiveCatalog;
import java.time.InstantSource;
import java.util.List;

/**
 * All that makes the quality of a catalog's models follow what is reported about them. Thread safe.
 *
 * @param board blends the reports into the models' scores
 * @param alerts notices models that get worse
 * @param scores what operators set the models' scores to
 */
public record AdaptiveQuality(SignalBoard board, DegradationAlerts alerts, ScoreHistory scores) {

    /**
     * One without reports.
     *
     * @param clock the time by which reports grow old
     */
    public static AdaptiveQuality of(LiveCatalog catalog, InstantSource clock) {
        return new AdaptiveQuality(
                new SignalBoard(clock), new DegradationAlerts(clock), new ScoreHistory(catalog, clock));
    }

    /** Takes reports that were made before. */
    public void restore(SignalHour reports) {
        board.restore(reports);
        alerts.restore(reports);
    }

    /** Takes reports, in their order. */
    public void record(List<QualitySignal> signals) {
        signals.forEach(signal -> {
            board.record(signal);
            alerts.record(signal);
        });
    }
}
