package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.store.spool.Entries;
import dev.llmgateway.store.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RecordWriterTest {

    @TempDir
    private Path directory;

    private final FakeStore store = new FakeStore();

    private Spool spool() throws IOException {
        return Spool.open(directory, 1L << 30, InstantSource.system());
    }

    private static void accept(RecordWriter writer, int from, int to) {
        IntStream.range(from, to).forEach(i -> writer.accept(Entries.call("call-" + i)));
    }

    private static List<String> calls(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "call-" + i).toList();
    }

    @Test
    void storesEverythingInItsOrderBeforeItCloses() {
        RecordWriter writer = RecordWriter.start(store);
        accept(writer, 0, 5_000);
        writer.close();

        assertThat(store.ids()).isEqualTo(calls(0, 5_000));
        assertThat(writer.lost()).isZero();
        assertThat(writer.waiting()).isZero();
    }

    @Test
    void forgetsAlsoWhatIsJustBeingStored() throws Exception {
        CountDownLatch isStoring = new CountDownLatch(1);
        CountDownLatch mayStore = new CountDownLatch(1);
        store.before(entries -> {
            isStoring.countDown();
            awaitQuietly(mayStore);
        });
        RecordWriter writer = RecordWriter.start(store, spool());
        accept(writer, 0, 3);
        isStoring.await();
        AtomicLong cleared = new AtomicLong();
        Thread clearing = Thread.ofPlatform().start(() -> cleared.set(writer.clear()));
        while (clearing.getState() == Thread.State.NEW || clearing.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        mayStore.countDown();
        clearing.join();
        writer.close();

        assertThat(store.ids()).isEmpty();
        assertThat(cleared).hasValue(3);
        assertThat(writer.spooled()).isZero();
        assertThat(writer.lost()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void triesAgainUntilTheStoreIsThere() throws Exception {
        CountDownLatch tries = new CountDownLatch(2);
        store.before(entries -> {
            tries.countDown();
            throw new IllegalStateException("away");
        });
        try (RecordWriter writer = RecordWriter.start(store)) {
            accept(writer, 0, 3);
            tries.await();
            store.before(entries -> {});
            store.await(3);
        }
        assertThat(store.ids()).isEqualTo(calls(0, 3));
    }

    @Test
    void losesAndCountsWhatDoesNotFitAndNeverWaits() throws Exception {
        CountDownLatch isStoring = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        store.before(entries -> {
            isStoring.countDown();
            await(mayGoOn);
        });
        RecordWriter writer = RecordWriter.start(store);
        accept(writer, 0, 1);
        isStoring.await();
        accept(writer, 1, 10_005);
        assertThat(writer.lost()).isEqualTo(5);
        assertThat(writer.waiting()).isEqualTo(10_000);
        mayGoOn.countDown();
        writer.close();

        assertThat(store.ids()).isEqualTo(calls(0, 10_000));
    }

    @Test
    void boundsTheBytesInMemoryAlso() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        store.before(entries -> await(mayGoOn));
        RecordWriter writer = RecordWriter.start(store);
        String large = "x".repeat(10 << 20);
        for (int i = 0; i < 10; i++) {
            writer.accept(Entries.call("call-" + i, large, null));
        }
        assertThat(writer.lost()).isEqualTo(6);
        mayGoOn.countDown();
        writer.close();

        assertThat(store.ids()).isEqualTo(calls(0, 4));
    }

    @Test
    void putsOnDiskWhatAHangingStoreDoesNotTakeSoThatMemoryIsFree() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        store.before(entries -> await(mayGoOn));
        try (RecordWriter writer = RecordWriter.start(store, spool())) {
            for (int i = 0; i < 4; i++) {
                accept(writer, i * 5_000, (i + 1) * 5_000);
                awaitSpooled(writer, (i + 1) * 5_000);
            }
            assertThat(writer.waiting()).isZero();
            assertThat(writer.spoolBytes()).isPositive();
            assertThat(writer.oldest()).isPositive();
            mayGoOn.countDown();
            store.await(20_000);
            assertThat(writer.lost()).isZero();
        }
        assertThat(store.ids()).isEqualTo(calls(0, 20_000));
    }

    private static void awaitSpooled(RecordWriter writer, int count) {
        while (writer.spooled() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void leavesToTheNextWhatTheStoreDidNotTakeBeforeItClosed() throws Exception {
        CountDownLatch wasTried = new CountDownLatch(1);
        store.before(entries -> {
            wasTried.countDown();
            throw new IllegalStateException("away");
        });
        RecordWriter writer = RecordWriter.start(store, spool());
        accept(writer, 0, 3);
        wasTried.await();
        writer.close();
        assertThat(writer.lost()).isZero();

        store.before(entries -> {});
        try (RecordWriter next = RecordWriter.start(store, spool())) {
            accept(next, 3, 5);
            store.await(5);
        }
        assertThat(store.ids()).isEqualTo(calls(0, 5));
    }

    @Test
    void losesAndCountsWhatComesAfterItsEnd() {
        RecordWriter writer = RecordWriter.start(store);
        writer.close();
        accept(writer, 0, 2);

        assertThat(writer.lost()).isEqualTo(2);
        assertThat(writer.oldest()).isEqualTo(Duration.ZERO);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
