package dev.llmgateway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.SignalHour;
import dev.llmgateway.api.quality.SignalQuery;
import dev.llmgateway.api.quality.SignalSum;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.store.SignalStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSignalStoreTest extends SignalStoreContract {

    private final String url = TestDatabase.newUrl();
    private final Database database = Database.open(DatabaseSettings.of(url, 4));

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

    @Test
    void tellsOnceWhatOthersHaveWritten() {
        Instant now = Instant.now();
        PostgresSignalStore one = new PostgresSignalStore(database);
        PostgresSignalStore other = new PostgresSignalStore(database);
        other.append(List.of(report(now)));
        long begin = positionOf(one);

        one.append(List.of(report(now)));
        other.append(List.of(report(now), report(now)));
        long then = positionOf(one);
        other.append(List.of(report(now)));
        long end = positionOf(one);

        assertThat(samples(one.ofOthers(begin, then))).isEqualTo(2);
        assertThat(samples(one.ofOthers(then, end))).isEqualTo(1);
        assertThat(samples(other.ofOthers(begin, end))).isEqualTo(1);
        assertThat(samples(one.hours(now.minusSeconds(1), now.plusSeconds(1), begin)))
                .isEqualTo(1);
        assertThat(samples(one.hours(now.minusSeconds(1), now.plusSeconds(1), end)))
                .isEqualTo(5);
    }

    /** Numbers of transactions are given when they begin to write, and not in the order in which they end. */
    @Test
    void missesNothingThatIsWrittenSlowly() {
        Instant now = Instant.now();
        PostgresSignalStore one = new PostgresSignalStore(database);
        PostgresSignalStore other = new PostgresSignalStore(database);
        long begin = positionOf(one);

        try (Database another = Database.open(DatabaseSettings.of(url, 1))) {
            long before = another.write(slow -> {
                slow.execute("select pg_current_xact_id()");
                other.append(List.of(report(now)));
                long meanwhile = one.position();
                assertThat(one.ofOthers(begin, meanwhile)).isEmpty();
                return meanwhile;
            });

            assertThat(samples(one.ofOthers(before, positionOf(one)))).isEqualTo(1);
        }
    }

    /** Behind all that is written; others may write into the same server. */
    private long positionOf(PostgresSignalStore store) {
        long now = database.write(handle -> handle.createQuery("select pg_current_xact_id()::text::bigint")
                .mapTo(Long.class)
                .one());
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long position = store.position();
        while (position <= now && System.nanoTime() < end) {
            position = store.position();
        }
        return position;
    }

    private static long samples(List<SignalHour> hours) {
        return hours.stream().mapToLong(SignalHour::samples).sum();
    }

    private static QualitySignal report(Instant at) {
        return new QualitySignal("openai/gpt-4o", "coding", "thumbs", 1, at);
    }
}
