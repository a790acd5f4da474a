package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final List<Integer> taken = Collections.synchronizedList(new ArrayList<>());

    @Test
    void takesEverythingInItsOrderAndAllOfItBeforeItCloses() {
        Batches<Integer> batches = Batches.start("test", 10_000, taken::addAll);
        IntStream.range(0, 5_000).forEach(batches::give);
        batches.close();

        assertThat(taken).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
        assertThat(batches.dropped()).isZero();
        assertThat(batches.waiting()).isZero();
    }

    @Test
    void wakesUpForASingleItem() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        try (Batches<Integer> batches = Batches.start("test", 10, batch -> {
            first.countDown();
            batch.forEach(item -> second.countDown());
        })) {
            batches.give(1);
            assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
            batches.give(2);
            assertThat(second.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void dropsAndCountsWhatDoesNotFitAndNeverWaits() throws Exception {
        CountDownLatch isTaking = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Batches<Integer> batches = Batches.start("test", 3, batch -> {
            isTaking.countDown();
            await(mayGoOn);
            taken.addAll(batch);
        });
        batches.give(0);
        assertThat(isTaking.await(5, TimeUnit.SECONDS)).isTrue();
        IntStream.range(1, 10).forEach(batches::give);
        mayGoOn.countDown();
        batches.close();

        assertThat(taken).containsExactly(0, 1, 2);
        assertThat(batches.dropped()).isEqualTo(7);
    }

    @Test
    void goesOnAfterABatchThatCouldNotBeTaken() {
        Batches<Integer> batches = Batches.start("test", 10, batch -> {
            throw new IllegalStateException("no");
        });
        batches.give(1);
        batches.close();
        batches.give(2);

        assertThat(batches.dropped()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
