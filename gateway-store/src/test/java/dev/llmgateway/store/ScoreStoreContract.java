package dev.llmgateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.ScoreVersion;
import dev.llmgateway.api.quality.ScoreVersion.Cause;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.quality.Scores.Confidence;
import dev.llmgateway.api.quality.Scores.Score;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.api.spi.ScoreStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of scores must do. A subclass makes an empty store. */
public abstract class ScoreStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final Scores SHIPPED = new Scores(Map.of(
            ScoreKind.CODING,
            new Score(0.1 + 0.2, "a \"bench\"", 61.7, "linear", Confidence.PROXY),
            ScoreKind.ARENA,
            Score.ofElo(1287.5, "arena")));
    private static final ScoreVersion FIRST = new ScoreVersion(1, NOON, Cause.CATALOG, null, SHIPPED);
    private static final ScoreVersion SECOND = new ScoreVersion(
            2,
            NOON.plusSeconds(1),
            Cause.UPDATE,
            null,
            new Scores(Map.of(ScoreKind.REASONING, new Score(1, "operator", null))));
    private static final ScoreVersion THIRD = new ScoreVersion(3, NOON.plusSeconds(2), Cause.ROLLBACK, 1, SHIPPED);

    private ScoreStore store;

    /** An empty store; closed after the test. */
    protected abstract ScoreStore newStore();

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void keepsVersionsExactlyAsTheyWere() {
        store.save("openai/gpt-4o", List.of(FIRST, SECOND, THIRD));
        store.save("local/none", List.of(new ScoreVersion(1, NOON, Cause.CATALOG, null, Scores.UNKNOWN)));

        assertThat(store.load())
                .containsOnlyKeys("openai/gpt-4o", "local/none")
                .containsEntry("openai/gpt-4o", List.of(FIRST, SECOND, THIRD));
    }

    @Test
    void keepsWhatWasSavedLast() {
        store.save("openai/gpt-4o", List.of(FIRST, SECOND));
        store.save("openai/gpt-4o", List.of(SECOND, THIRD));

        assertThat(store.load()).isEqualTo(Map.of("openai/gpt-4o", List.of(SECOND, THIRD)));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.load()).isEmpty();
    }
}
