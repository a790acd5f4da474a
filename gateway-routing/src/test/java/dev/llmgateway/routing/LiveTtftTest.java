package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveTtftTest {
    private static final ChatRequest STREAM =
            ChatRequest.builder("auto").user("hi").build().withStream(true);

    private final AtomicLong now = new AtomicLong();
    private final LiveTtft live = new LiveTtft(now::get);

    @Test
    void theMedianIsThatOfTheSamplesOnceThereAreEnough() {
        for (int i = 1; i < LiveTtft.ENOUGH; i++) {
            answered("a", i * 10);
        }
        assertThat(live.medianMillis("openai", "a")).isNull();
        answered("a", 10_000);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
    }

    @Test
    void modelsAndProvidersAreApart() {
        answered("a", 100, LiveTtft.ENOUGH);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
        assertThat(live.medianMillis("openai", "b")).isNull();
        assertThat(live.medianMillis("azure", "a")).isNull();
    }

    @Test
    void wholeAnswersDoNotCount() {
        for (int i = 0; i < 100; i++) {
            live.attemptCommitted(attempt("a", STREAM.withStream(false)), Duration.ofMillis(100));
        }
        assertThat(live.medianMillis("openai", "a")).isNull();
    }

    @Test
    void itEndsWhenTooFewSamplesAreLeftInTheWindow() {
        answered("a", 100, LiveTtft.ENOUGH - 1);
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        answered("a", 100);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
        now.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
        now.addAndGet(1);
        assertThat(live.medianMillis("openai", "a")).isNull();
    }

    @Test
    void samplesOutsideOfTheWindowDoNotCount() {
        answered("a", 5_000, 50);
        now.addAndGet(LiveTtft.WINDOW.toNanos());
        answered("a", 100, LiveTtft.ENOUGH - 1);
        assertThat(live.medianMillis("openai", "a")).isNull();
        answered("a", 100);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
    }

    @Test
    void onlyTheNewestSamplesAreKept() {
        answered("a", 5_000, 1_000);
        answered("a", 100, LiveTtft.KEPT);
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
    }

    @Test
    void ticksMayPassTheirLargestValue() {
        now.set(Long.MAX_VALUE - 5);
        for (int i = 0; i < LiveTtft.ENOUGH; i++) {
            answered("a", 100);
            now.incrementAndGet();
        }
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
    }

    @Test
    void aNewTargetTakesThePlaceOfAnIdleOneWhenThereAreTooMany() {
        for (int i = 0; i < LiveTtft.MOST_TARGETS; i++) {
            answered("m-" + i, 100);
        }
        answered("late", 100, LiveTtft.ENOUGH);
        assertThat(live.medianMillis("openai", "late")).isNull();
        now.addAndGet(LiveTtft.WINDOW.toNanos());
        answered("late", 100, LiveTtft.ENOUGH);
        assertThat(live.medianMillis("openai", "late")).isEqualTo(100);
    }

    @Test
    void samplesMayComeFromManyThreads() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            writers.add(Thread.startVirtualThread(() -> answered("a", 100, 200)));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(live.medianMillis("openai", "a")).isEqualTo(100);
    }

    private void answered(String model, long millis, int times) {
        for (int i = 0; i < times; i++) {
            answered(model, millis);
        }
    }

    private void answered(String model, long millis) {
        live.attemptCommitted(attempt(model, STREAM), Duration.ofMillis(millis));
    }

    private static Attempt attempt(String model, ChatRequest request) {
        Exchange exchange = new Exchange("id", request, CallOptions.defaults(), 0, 1);
        return new Attempt(exchange, new RouteTarget(new NamedProvider("openai"), model), new Cancellation());
    }
}
