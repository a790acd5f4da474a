package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.store.SignalStoreContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSignalStoreTest extends SignalStoreContract {

    private final Database database = TestDatabase.open();

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected SignalStore newStore() {
        return new PostgresSignalStore(database);
    }

    @Test
    void forgetsReportsFromBeforeAMoment() {
        PostgresSignalStore store = new PostgresSignalStore(database);
        Instant limit = Instant.parse("2026-11-01T00:00:00Z");
        store.append(List.of(report(limit.minusMillis(1)), report(limit), report(limit.minusSeconds(90_000))));

        assertThat(store.prune(limit)).isEqualTo(2);
        assertThat(store.prune(limit)).isZero();
        assertThat(store.sums(SignalQuery.ALL, List.of(Instant.EPOCH, limit.plusSeconds(1))))
                .extracting(SignalSum::first)
                .containsExactly(limit);
    }

    private static QualitySignal report(Instant at) {
        return new QualitySignal("openai/gpt-4o", "coding", "thumbs", 1, at);
    }
}
