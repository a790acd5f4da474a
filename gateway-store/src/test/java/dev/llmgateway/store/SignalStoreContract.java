package dev.llmgateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.SignalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of reports about quality must do. A subclass makes an empty store. */
public abstract class SignalStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SMALL = "openai/gpt-4o-mini";
    private static final String LARGE = "openai/gpt-4o";

    private SignalStore store;

    /** An empty store; closed after the test. */
    protected abstract SignalStore newStore();

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    private static Instant noonAnd(long minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private static QualitySignal signal(String card, String task, double value, long minutes) {
        return new QualitySignal(card, task, "thumbs", value, noonAnd(minutes));
    }

    private static SignalSum sum(int period, String card, long samples, double mean, long minutes) {
        return new SignalSum(period, card, samples, mean, noonAnd(minutes));
    }

    @Test
    void sumsUpByPeriodAndModel() {
        store.append(List.of(
                signal(SMALL, "coding", 0.5, 0),
                signal(SMALL, "coding", 1, 1),
                signal(LARGE, "coding", 0.25, 2),
                signal(SMALL, "coding", 0, 10)));

        assertThat(store.sums(SignalQuery.ALL, List.of(noonAnd(0), noonAnd(5), noonAnd(20))))
                .containsExactly(sum(0, LARGE, 1, 0.25, 2), sum(0, SMALL, 2, 0.75, 0), sum(1, SMALL, 1, 0, 10));
    }

    @Test
    void aPeriodIsFromItsFirstMomentToBeforeTheNext() {
        store.append(List.of(
                signal(SMALL, "coding", 0.1, -1),
                signal(SMALL, "coding", 0.2, 0),
                signal(SMALL, "coding", 0.3, 5),
                signal(SMALL, "coding", 0.4, 10)));

        assertThat(store.sums(SignalQuery.ALL, List.of(noonAnd(0), noonAnd(5), noonAnd(10))))
                .containsExactly(sum(0, SMALL, 1, 0.2, 0), sum(1, SMALL, 1, 0.3, 5));
    }

    @Test
    void meansOnlyWhatWasAskedFor() {
        store.append(List.of(
                signal(SMALL, "coding", 0.5, 0),
                signal(SMALL, "chat", 1, 0),
                signal(LARGE, "coding", 0.75, 0),
                new QualitySignal(LARGE, "coding", "tests", 0.25, NOON)));
        List<Instant> edges = List.of(noonAnd(0), noonAnd(1));

        assertThat(store.sums(SignalQuery.of(SMALL), edges)).containsExactly(sum(0, SMALL, 2, 0.75, 0));
        assertThat(store.sums(new SignalQuery(null, "coding", null), edges))
                .containsExactly(sum(0, LARGE, 2, 0.5, 0), sum(0, SMALL, 1, 0.5, 0));
        assertThat(store.sums(new SignalQuery(LARGE, "coding", "tests"), edges))
                .containsExactly(sum(0, LARGE, 1, 0.25, 0));
        assertThat(store.sums(new SignalQuery("%", null, null), edges)).isEmpty();
    }

    @Test
    void tellsEachHourOnceTheOldestFirst() {
        store.append(List.of(
                signal(SMALL, "coding", 0.5, 60),
                signal(SMALL, "coding", 0.25, 0),
                signal(SMALL, "coding", 0.5, 59),
                signal(SMALL, "chat", 1, 0),
                signal(SMALL, "coding", 1, -1),
                signal(SMALL, "coding", 1, 120)));

        assertThat(store.hours(NOON, noonAnd(120), Long.MAX_VALUE))
                .containsExactly(
                        new SignalHour(SMALL, "chat", NOON, 1, 1),
                        new SignalHour(SMALL, "coding", NOON, 2, 0.75),
                        new SignalHour(SMALL, "coding", noonAnd(60), 1, 0.5));
    }

    @Test
    void forgetsAllWhenTold() {
        store.append(List.of(signal(SMALL, "coding", 0.5, 0), signal(LARGE, "coding", 0.5, 0)));

        assertThat(store.clear()).isEqualTo(2);
        assertThat(store.clear()).isZero();
        assertThat(store.sums(SignalQuery.ALL, List.of(noonAnd(0), noonAnd(1)))).isEmpty();
    }

    @Test
    void takesNoReportsAtAll() {
        store.append(List.of());

        assertThat(store.clear()).isZero();
    }
}
