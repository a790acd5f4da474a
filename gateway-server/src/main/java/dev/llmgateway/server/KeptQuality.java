package dev.llmgateway.server;

import dev.llmgateway.api.spi.ScoreStore;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.routing.signals.AdaptiveQuality;
import dev.llmgateway.routing.signals.QualityKeeper;
import dev.llmgateway.store.memory.MemoryScoreStore;
import dev.llmgateway.store.memory.MemorySignalStore;
import dev.llmgateway.store.postgres.Database;
import dev.llmgateway.store.postgres.PostgresScoreStore;
import dev.llmgateway.store.postgres.PostgresSignalStore;
import dev.llmgateway.telemetry.metrics.Meters;
import dev.llmgateway.telemetry.metrics.SignalMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What is reported about the models, and what keeps it over a restart.
 *
 * @param signals all reports
 * @param scores what operators set
 * @param keeper is given the reports
 */
record KeptQuality(AdaptiveQuality adaptive, SignalStore signals, ScoreStore scores, QualityKeeper keeper)
        implements AutoCloseable {

    /**
     * Begins to keep it.
     *
     * @param database null to keep it in memory only
     */
    static KeptQuality start(AdaptiveQuality quality, @Nullable Database database, Meters meters) {
        SignalStore signals = database == null ? new MemorySignalStore() : new PostgresSignalStore(database);
        ScoreStore scores = database == null ? new MemoryScoreStore() : new PostgresScoreStore(database);
        QualityKeeper keeper = QualityKeeper.start(quality, signals, scores);
        SignalMetrics.show(meters, keeper::waiting, keeper::lost);
        return new KeptQuality(quality, signals, scores, keeper);
    }

    @Override
    public void close() {
        keeper.close();
        signals.close();
        scores.close();
    }
}
