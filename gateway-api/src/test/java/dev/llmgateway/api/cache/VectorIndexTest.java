package dev.llmgateway.api.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.cache.VectorIndex.Near;
import dev.llmgateway.api.cache.VectorIndex.Point;
import dev.llmgateway.api.replay.RecordedAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class VectorIndexTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final RecordedAnswer ANSWER = RecordedAnswer.of(List.of());

    private final AtomicLong now = new AtomicLong();
    private final VectorIndex<String> index = index(1_000_000);

    private VectorIndex<String> index(int maxEntries) {
        return new VectorIndex<>(
                CacheSettings.DEFAULT.withMaxEntries(maxEntries).withMaxBytes(1L << 30), now::get);
    }

    private static float[] at(double degrees) {
        double radians = Math.toRadians(degrees);
        return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
    }

    private static Point point(String entry, double degrees) {
        return new Point(entry, at(degrees), "", ANSWER);
    }

    private Optional<Near> nearest(String partition, double degrees, double threshold) {
        return index.nearest(partition, at(degrees), "", threshold);
    }

    @Test
    void findsTheNearestThatIsNearEnough() {
        index.add("p", point("far", 40));
        index.add("p", point("near", 10));
        index.add("p", point("nearer", 5));

        Near found = nearest("p", 0, 0.9).orElseThrow();

        assertThat(found.point().entry()).isEqualTo("nearer");
        assertThat(found.similarity()).isCloseTo(Math.cos(Math.toRadians(5)), within(1e-6));
        assertThat(nearest("p", 90, 0.9)).isEmpty();
    }

    @Test
    void theThresholdItselfIsNearEnough() {
        index.add("p", point("entry", 60));

        assertThat(nearest("p", 0, 0.5)).isPresent();
        assertThat(nearest("p", 0, 0.5001)).isEmpty();
        assertThat(nearest("p", 60, 1)).isPresent();
        assertThat(nearest("p", 61, 1)).isEmpty();
    }

    @Test
    void trapsMustBeTheSame() {
        index.add("p", new Point("entry", at(0), "1041", ANSWER));

        assertThat(index.nearest("p", at(0), "1042", 0.9)).isEmpty();
        assertThat(index.nearest("p", at(0), "1041", 0.9)).isPresent();
    }

    @Test
    void vectorsOfAnotherModelAreNeverNear() {
        index.add("p", new Point("entry", new float[] {1, 0, 0}, "", ANSWER));

        assertThat(nearest("p", 0, 0)).isEmpty();
    }

    /** One step: where a vector is put, or looked for. */
    record Step(String partition, float[] unit) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<float[]> units = Arbitraries.floats()
                .between(-1, 1)
                .array(float[].class)
                .ofSize(3)
                .filter(vector -> Vectors.unit(vector) != null)
                .map(vector -> requireNonNull(Vectors.unit(vector)));
        Arbitrary<String> partitions = Arbitraries.of("a", "b", "c");
        return Combinators.combine(partitions, units).as(Step::new).list().ofMaxSize(40);
    }

    @Property(tries = 300)
    void nothingIsFoundInAnotherPartition(@ForAll("steps") List<Step> puts, @ForAll("steps") List<Step> looks) {
        VectorIndex<String> many = new VectorIndex<>(CacheSettings.DEFAULT, Ticker.system());
        for (int i = 0; i < puts.size(); i++) {
            Step put = puts.get(i);
            many.add(put.partition, new Point(put.partition + i, put.unit, "", ANSWER));
        }
        for (Step look : looks) {
            Optional<Near> found = many.nearest(look.partition, look.unit, "", 0);
            found.ifPresent(near -> assertThat(near.point().entry()).startsWith(look.partition));
            double best = puts.stream()
                    .filter(put -> put.partition.equals(look.partition))
                    .mapToDouble(put -> Vectors.cosine(put.unit, look.unit))
                    .max()
                    .orElse(-1);
            assertThat(found.isPresent()).isEqualTo(best + 1e-6 >= 0);
            found.ifPresent(near -> assertThat(near.similarity()).isCloseTo(best, within(1e-6)));
        }
    }

    @Test
    void aRemovedEntryIsNotFound() {
        index.add("p", point("one", 0));
        index.add("p", point("two", 1));

        assertThat(index.remove("one")).isTrue();
        assertThat(index.remove("one")).isFalse();
        assertThat(nearest("p", 0, 0.9)).map(near -> near.point().entry()).hasValue("two");
        index.clear();
        assertThat(index.hasAny("p")).isFalse();
    }

    @Test
    void anEntryIsForgottenInTime() {
        index.add("p", point("one", 0));
        now.addAndGet(HOUR.toNanos() + 1);

        assertThat(nearest("p", 0, 0.9)).isEmpty();
        assertThat(index.size()).isZero();
        assertThat(index.partitionCount()).isZero();
    }

    @Test
    void manyPartitionsLeaveMemoryBounded() {
        VectorIndex<String> small = index(100);
        for (int i = 0; i < 10_000; i++) {
            small.add("p" + i, point("e" + i, 0));
        }
        assertThat(small.size()).isLessThanOrEqualTo(100);
        assertThat(small.partitionCount()).isLessThanOrEqualTo(100);
    }

    @Test
    void oneFullPartitionDropsItsOldest() {
        for (int i = 0; i <= VectorIndex.MOST_PER_PARTITION; i++) {
            index.add("p", point("e" + i, i == 0 ? 0 : 90));
        }
        assertThat(nearest("p", 0, 0.9)).isEmpty();
        assertThat(index.size()).isEqualTo(VectorIndex.MOST_PER_PARTITION);
    }
}
