package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallDetails;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.store.spool.BadDisk;
import dev.llmgateway.store.spool.Entries;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the spool is full, or hangs, while the database is away: calls go on, and what is lost is counted. */
@Timeout(60)
class BadDiskTest {

    private static final int MOST_IN_MEMORY = 10_000;

    @TempDir
    private Path directory;

    private final BadDisk disk = new BadDisk();
    private final FakeStore store = new FakeStore();

    private static void accept(RecordWriter writer, int from, int to) {
        IntStream.range(from, to).forEach(i -> writer.accept(Entries.call("call-" + i)));
    }

    private static List<String> calls(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "call-" + i).toList();
    }

    private void isAway() {
        store.before(entries -> {
            throw new IllegalStateException("away");
        });
    }

    @Test
    void aFullDiskLosesNothingUntilTheQueueIsFull() throws Exception {
        isAway();
        disk.hasRoomFor(5_000);
        try (RecordWriter writer = RecordWriter.start(store, disk.spool(directory))) {
            accept(writer, 0, 100);
            disk.awaitRefusal();
            int onDisk = writer.spooled();
            assertThat(onDisk).isBetween(1, 99);

            accept(writer, 100, MOST_IN_MEMORY + onDisk);
            assertThat(writer.lost()).isZero();
            accept(writer, MOST_IN_MEMORY + onDisk, MOST_IN_MEMORY + onDisk + 7);
            assertThat(writer.lost()).isEqualTo(7);
            assertThat(writer.waiting()).isEqualTo(MOST_IN_MEMORY);

            store.before(entries -> {});
            store.await(MOST_IN_MEMORY + onDisk);
            assertThat(store.ids()).isEqualTo(calls(0, MOST_IN_MEMORY + onDisk));
            assertThat(writer.lost()).isEqualTo(7);
        }
    }

    @Test
    void aDiskThatHasRoomAgainTakesWhatWaits() throws Exception {
        isAway();
        disk.hasRoomFor(3_000);
        try (RecordWriter writer = RecordWriter.start(store, disk.spool(directory))) {
            accept(writer, 0, 100);
            disk.awaitRefusal();
            disk.hasRoomFor(1L << 30);
            awaitSpooled(writer, 100);

            assertThat(writer.waiting()).isZero();
            assertThat(writer.lost()).isZero();
        }
        store.before(entries -> {});
        try (RecordWriter next = RecordWriter.start(store, disk.spool(directory))) {
            store.await(100);
            assertThat(next.lost()).isZero();
        }
        assertThat(store.ids()).isEqualTo(calls(0, 100));
    }

    @Test
    void anEntryForWhichThereIsNoMemoryNowIsWrittenWhenThereIs() throws Exception {
        isAway();
        AtomicBoolean isScarce = new AtomicBoolean(true);
        CountDownLatch refused = new CountDownLatch(1);
        FinishedCall call = Entries.call("call-0");
        CallDetails large = new CallDetails() {
            @Override
            public String trace() {
                if (isScarce.get()) {
                    refused.countDown();
                    throw new OutOfMemoryError("a test's");
                }
                return "{}";
            }

            @Override
            public @Nullable Bodies bodies() {
                return null;
            }

            @Override
            public long bytes() {
                return 1;
            }
        };
        try (RecordWriter writer = RecordWriter.start(store, disk.spool(directory))) {
            writer.accept(new FinishedCall(call.record(), large));
            accept(writer, 1, 3);
            refused.await();
            isScarce.set(false);
            store.before(entries -> {});
            store.await(3);

            assertThat(store.ids()).isEqualTo(calls(0, 3));
            assertThat(writer.lost()).isZero();
        }
    }

    @Test
    void aHangingDiskHoldsUpNeitherCallsNorMetricsNorTheEnd() throws Exception {
        isAway();
        disk.hangs();
        RecordWriter writer = RecordWriter.start(store, disk.spool(directory));
        accept(writer, 0, 1);
        disk.awaitWriter();

        accept(writer, 1, MOST_IN_MEMORY + 5);
        assertThat(writer.waiting()).isEqualTo(MOST_IN_MEMORY);
        assertThat(writer.lost()).isEqualTo(5);
        assertThat(writer.oldest()).isPositive();
        assertThat(writer.spooled()).isZero();

        store.before(entries -> {});
        disk.goesOn();
        store.await(MOST_IN_MEMORY);
        writer.close();
        assertThat(store.ids()).isEqualTo(calls(0, MOST_IN_MEMORY));
    }

    @Test
    void theEndDoesNotWaitForADiskThatHangs() throws Exception {
        isAway();
        disk.hangs();
        RecordWriter writer = RecordWriter.start(store, disk.spool(directory));
        accept(writer, 0, 1);
        disk.awaitWriter();
        writer.close();

        assertThat(store.ids()).isEmpty();
        disk.goesOn();
    }

    private static void awaitSpooled(RecordWriter writer, int count) {
        while (writer.spooled() < count) {
            Thread.onSpinWait();
        }
    }
}
