package dev.llmgateway.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Embedder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CautiousEmbedderTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    private CautiousEmbedder cautious(Embedder embedder, Duration timeout) {
        return new CautiousEmbedder(
                text -> {
                    asked.incrementAndGet();
                    return embedder.embed(text);
                },
                timeout,
                now::get);
    }

    private static float @Nullable [] ask(CautiousEmbedder embedder) {
        return embedder.embed("text", LONG, new Cancellation(), cost -> {});
    }

    private static float[] hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return new float[] {1};
    }

    @Test
    void vectorsHaveLengthOne() {
        assertThat(ask(cautious(text -> new float[] {3, 4}, LONG))).containsExactly(0.6f, 0.8f);
    }

    @Test
    void aVectorThatPointsNowhereIsNone() {
        assertThat(ask(cautious(text -> new float[] {0, 0}, LONG))).isNull();
        assertThat(ask(cautious(text -> new float[] {1, Float.NaN}, LONG))).isNull();
        assertThat(ask(cautious(text -> new float[0], LONG))).isNull();
    }

    @Test
    void aSlowEmbedderIsGivenUp() {
        CautiousEmbedder slow = cautious(text -> hang(), Duration.ofMillis(20));

        assertThat(ask(slow)).isNull();
        assertThat(cautious(text -> hang(), LONG).embed("text", Duration.ofMillis(20), new Cancellation(), cost -> {}))
                .isNull();
    }

    @Test
    void aCancelledCallDoesNotWait() {
        Cancellation cancellation = new Cancellation();
        CautiousEmbedder slow = cautious(
                text -> {
                    cancellation.cancel(new GatewayException.Cancelled("left"));
                    return hang();
                },
                LONG);

        assertThat(slow.embed("text", LONG, cancellation, cost -> {})).isNull();
    }

    @Test
    void oneThatKeepsFailingIsLeftAloneForAWhile() {
        CautiousEmbedder broken = cautious(
                text -> {
                    throw new GatewayException.Cancelled("broken");
                },
                LONG);
        for (int i = 0; i < 10; i++) {
            assertThat(ask(broken)).isNull();
        }
        assertThat(asked).hasValue(3);

        now.addAndGet(Duration.ofSeconds(30).toNanos());
        for (int i = 0; i < 10; i++) {
            assertThat(ask(broken)).isNull();
        }
        assertThat(asked).hasValue(4);
    }
}
