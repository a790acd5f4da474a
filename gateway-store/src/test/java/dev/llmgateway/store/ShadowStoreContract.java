package dev.llmgateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.RecordCursor;
import dev.llmgateway.api.records.ShadowQuery;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.records.ShadowResult.Side;
import dev.llmgateway.api.records.ShadowSummary;
import dev.llmgateway.api.records.ShadowSummary.Figures;
import dev.llmgateway.api.records.ShadowSummary.Pair;
import dev.llmgateway.api.spi.ShadowStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of copied calls must do. A subclass makes an empty store. */
public abstract class ShadowStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private ShadowStore store;

    /** An empty store; closed after the test. */
    protected abstract ShadowStore newStore();

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    private static Side side(String model, long millis, @Nullable Double cost) {
        return new Side("openai", model, Duration.ofMillis(millis), Duration.ofMillis(millis / 2), 7, 11, cost);
    }

    private static ShadowResult answered(String id, long seconds, Side primary, Side candidate, double agreement) {
        return new ShadowResult(id, NOON.plusSeconds(seconds), primary, candidate, null, agreement);
    }

    private static ShadowResult failed(String id, long seconds) {
        Side candidate = new Side("groq", "small", Duration.ofMillis(9_000), null, 0, 0, 0.0);
        return new ShadowResult(
                id, NOON.plusSeconds(seconds), side("large", 8_000, 9.0), candidate, "provider_server", null);
    }

    private static ShadowResult plain(String id, long seconds) {
        return answered(id, seconds, side("large", 100, 0.5), side("small", 50, null), 1);
    }

    @Test
    void keepsResultsExactlyAndListsTheNewestFirst() {
        store.append(List.of(plain("b", 1), failed("a", 1), plain("c", 0)));

        assertThat(store.list(ShadowQuery.ALL, null, 10)).containsExactly(plain("b", 1), failed("a", 1), plain("c", 0));
    }

    @Test
    void goesOnBehindACursor() {
        store.append(List.of(plain("b", 1), plain("a", 1), plain("c", 0)));

        assertThat(store.list(ShadowQuery.ALL, null, 1)).containsExactly(plain("b", 1));
        assertThat(store.list(ShadowQuery.ALL, new RecordCursor(NOON.plusSeconds(1), "b"), 1))
                .containsExactly(plain("a", 1));
        assertThat(store.list(ShadowQuery.ALL, new RecordCursor(NOON.plusSeconds(1), "a"), 9))
                .containsExactly(plain("c", 0));
    }

    @Test
    void meansOnlyWhatWasAskedFor() {
        ShadowResult other = answered("z", 0, side("third", 1, 1.0), side("fourth", 1, 1.0), 0);
        store.append(List.of(plain("a", 0), plain("b", 10), other));

        assertThat(store.list(new ShadowQuery(NOON, NOON.plusSeconds(10), null), null, 9))
                .containsExactly(other, plain("a", 0));
        assertThat(store.list(new ShadowQuery(NOON.plusSeconds(10), null, null), null, 9))
                .containsExactly(plain("b", 10));
        assertThat(store.list(new ShadowQuery(null, null, "fourth"), null, 9)).containsExactly(other);
        assertThat(store.list(new ShadowQuery(null, null, "third"), null, 9)).containsExactly(other);
        assertThat(store.list(new ShadowQuery(null, null, "%"), null, 9)).isEmpty();
    }

    @Test
    void keepsAResultOnce() {
        store.append(List.of(plain("a", 0)));
        store.append(List.of(plain("a", 5), plain("b", 0)));

        assertThat(store.list(ShadowQuery.ALL, null, 9)).containsExactly(plain("b", 0), plain("a", 0));
        assertThat(store.clear()).isEqualTo(2);
        assertThat(store.clear()).isZero();
    }

    @Test
    void comparesBothSidesByTheCallsThatTheCandidateAnswered() {
        Side cheap = side("large", 100, 0.25);
        Side dear = side("large", 300, 0.75);
        store.append(List.of(
                answered("a", 0, cheap, side("small", 10, 0.5), 0.25),
                answered("b", 1, dear, side("small", 20, null), 1),
                answered("c", 2, dear, side("small", 30, 0.5), 0.25),
                answered("d", 3, cheap, side("other", 1, 0.5), 0)));
        store.append(List.of(new ShadowResult(
                "e", NOON, side("large", 99_999, 99.0), side("small", 99_999, 99.0), "timeout", null)));

        List<ShadowSummary> pairs = store.summaries(ShadowQuery.ALL);

        assertThat(pairs).hasSize(2);
        assertThat(pairs.getFirst())
                .isEqualTo(new ShadowSummary(
                        new Pair("openai", "large", "openai", "small"),
                        4,
                        1,
                        new Figures((0.25 + 0.75 + 0.75) / 3, 0.75, 300.0, 300.0),
                        new Figures(0.5, 0.5, 20.0, 29.0),
                        0.5,
                        List.of(0L, 0L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 1L)));
        assertThat(pairs.getLast().pair().candidateModel()).isEqualTo("other");
        assertThat(store.summaries(new ShadowQuery(null, null, "other"))).hasSize(1);
    }

    @Test
    void aPairOfWhichTheCandidateNeverAnsweredHasNoFigures() {
        store.append(List.of(failed("a", 0)));

        ShadowSummary pair = store.summaries(ShadowQuery.ALL).getFirst();

        assertThat(pair.failures()).isEqualTo(1);
        assertThat(pair.agreement()).isNull();
        assertThat(pair.candidate()).isEqualTo(new Figures(null, null, null, null));
        assertThat(pair.primary()).isEqualTo(new Figures(null, null, null, null));
    }
}
