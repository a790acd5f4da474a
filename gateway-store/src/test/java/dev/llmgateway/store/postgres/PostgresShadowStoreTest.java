package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.store.ShadowStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresShadowStoreTest extends ShadowStoreContract {

    private final Database database = TestDatabase.open();

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected ShadowStore newStore() {
        return new PostgresShadowStore(database);
    }

    @Test
    void forgetsWhatCameOfCallsFromBeforeAMoment() {
        PostgresShadowStore store = new PostgresShadowStore(database);
        Instant limit = Instant.parse("2026-11-01T00:00:00Z");
        store.append(List.of(result("old", limit.minusMillis(1)), result("new", limit)));

        assertThat(store.prune(limit)).isOne();
        assertThat(store.list(ShadowQuery.ALL, null, 10))
                .extracting(ShadowResult::requestId)
                .containsExactly("new");
    }

    private static ShadowResult result(String id, Instant at) {
        ShadowResult.Side side = new ShadowResult.Side("openai", "gpt-4o", Duration.ofMillis(9), null, 1, 1, 0.5);
        return new ShadowResult(id, at, side, side, null, 1.0);
    }
}
