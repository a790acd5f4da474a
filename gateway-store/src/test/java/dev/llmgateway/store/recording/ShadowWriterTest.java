package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.records.ShadowSummary;
import dev.llmgateway.api.spi.ShadowStore;
import dev.llmgateway.store.memory.MemoryShadowStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShadowWriterTest {

    private final FickleStore store = new FickleStore();
    private final ShadowWriter writer = ShadowWriter.start(store);

    /** Takes nothing while it is away. */
    private static final class FickleStore implements ShadowStore {
        private final MemoryShadowStore kept = new MemoryShadowStore();
        private final CountDownLatch firstFailure = new CountDownLatch(1);
        private volatile boolean isAway;

        @Override
        public void append(List<ShadowResult> results) {
            failWhenAway();
            kept.append(results);
        }

        private void failWhenAway() {
            if (isAway) {
                firstFailure.countDown();
                throw new IllegalStateException("away");
            }
        }

        @Override
        public List<ShadowResult> list(ShadowQuery query, @Nullable RecordCursor after, int limit) {
            return kept.list(query, after, limit);
        }

        @Override
        public List<ShadowSummary> summaries(ShadowQuery query) {
            return kept.summaries(query);
        }

        @Override
        public long clear() {
            failWhenAway();
            return kept.clear();
        }

        @Override
        public boolean isPersistent() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static ShadowResult result(String id) {
        Side side = new Side("openai", "gpt-4o", Duration.ofMillis(1), null, 1, 1, null);
        return new ShadowResult(id, Instant.EPOCH, side, side, null, 1.0);
    }

    private List<String> kept() {
        return store.list(new ShadowQuery(null, null, null), null, 10).stream()
                .map(ShadowResult::requestId)
                .toList();
    }

    @Test
    void whatWaitsForTheStoreIsForgottenWithAllOthers() throws Exception {
        store.kept.append(List.of(result("kept")));
        letWait("first", "second");
        writer.accept(result("third"));
        store.isAway = false;

        assertThat(writer.clear()).isEqualTo(4);
        assertThat(writer.clear()).isZero();
        writer.accept(result("later"));
        writer.close();

        assertThat(kept()).containsExactly("later");
        assertThat(writer.lost()).isZero();
    }

    @Test
    void whatWaitsGoesOnWaitingWhenTheStoreCannotForget() throws Exception {
        letWait("first");
        assertThatThrownBy(writer::clear).hasMessage("away");
        store.isAway = false;
        writer.close();

        assertThat(kept()).containsExactly("first");
    }

    private void letWait(String... ids) throws InterruptedException {
        store.isAway = true;
        for (String id : ids) {
            writer.accept(result(id));
        }
        assertThat(store.firstFailure.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
