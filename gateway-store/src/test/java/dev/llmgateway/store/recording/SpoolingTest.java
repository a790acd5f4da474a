package dev.llmgateway.store.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RefusedRecordException;
import dev.llmgateway.store.spool.Entries;
import dev.llmgateway.store.spool.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The way of records from memory over the disk to the store, step by step, by a clock of the test. */
class SpoolingTest {

    private static final long ENOUGH = 1L << 30;

    private static final long AGE = Duration.ofMillis(80).toNanos();

    /** A writer without threads, in a directory that outlives it. */
    private static final class Lab implements AutoCloseable {
        final Path home;
        final FakeStore store = new FakeStore();
        Path directory;
        Spool spool;
        Backlog backlog;
        Drain drain;
        long now = Long.MAX_VALUE - 5;
        int accepted;

        Lab() throws IOException {
            home = Files.createTempDirectory("spooling");
            open(home.resolve("first"));
        }

        private void open(Path where) throws IOException {
            directory = where;
            spool = Spool.open(where, ENOUGH, InstantSource.system());
            backlog = new Backlog(spool, new Room(10_000, ENOUGH));
            drain = new Drain(store, backlog, () -> now, () -> 0.5);
        }

        void accept(int count) {
            for (int i = 0; i < count; i++) {
                backlog.add(List.of(new Backlog.Fresh(Entries.call(name(accepted)), 100, now)));
                accepted++;
            }
        }

        void pass(int millis) {
            now += Duration.ofMillis(millis).toNanos();
            backlog.spool(now - AGE, now);
        }

        void drainAll() {
            while (!(drain.step() instanceof Drain.Next.WhenThereIsMore)) {}
        }

        /**
         * What is left of a process that is killed is a copy of its files, the last entry of which may be incomplete.
         *
         * @param cut how many bytes of the last entry are missing; 0 for none
         */
        void kill(int cut) throws IOException {
            Path copy = home.resolve("after-" + accepted + "-" + System.nanoTime());
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted().toList()) {
                    Files.copy(file, copy.resolve(directory.relativize(file)));
                }
            }
            if (cut > 0) {
                Path last = files(copy).getLast();
                try (FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() - cut);
                }
            }
            spool.close();
            open(copy);
        }

        static List<Path> files(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(file -> file.toString().endsWith(".spool"))
                        .sorted()
                        .toList();
            }
        }

        @Override
        public void close() throws IOException {
            backlog.close(now);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted().toList().reversed()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String name(int number) {
        return String.format("call-%06d", number);
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(SpoolingTest::name).toList();
    }

    private static void isAway(List<? extends RecordEntry> entries) {
        throw new IllegalStateException("away");
    }

    @Test
    void writesNothingToDiskWhileTheStoreIsQuick() throws IOException {
        try (Lab lab = new Lab()) {
            lab.accept(3);
            lab.pass(20);
            lab.drainAll();
            lab.pass(200);

            assertThat(lab.store.ids()).isEqualTo(names(0, 3));
            assertThat(Lab.files(lab.directory)).isEmpty();
        }
    }

    @Test
    void hasOnDiskWhatAHangingStoreHasNotConfirmed() throws IOException {
        try (Lab lab = new Lab()) {
            lab.accept(3);
            lab.store.before(entries -> {
                lab.accept(1);
                lab.pass(79);
                assertThat(lab.spool.state().entries()).isZero();
                lab.pass(1);
                assertThat(lab.spool.state().entries()).isEqualTo(4);
                lab.store.before(more -> {});
            });
            lab.drain.step();

            assertThat(lab.store.ids()).isEqualTo(names(0, 3));
            assertThat(lab.spool.state().entries()).isEqualTo(1);
            lab.drainAll();
            assertThat(lab.store.ids()).isEqualTo(names(0, 4));
        }
    }

    @Test
    void triesAgainLessAndLessOften() throws IOException {
        try (Lab lab = new Lab()) {
            lab.store.before(SpoolingTest::isAway);
            lab.accept(1);
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                if (lab.drain.step() instanceof Drain.Next.After after) {
                    pauses.add(after.pause().toMillis());
                }
            }
            assertThat(pauses).containsExactly(75L, 150L, 300L, 600L, 1200L, 2400L, 3750L, 3750L, 3750L);
            assertThat(lab.drain.isFailing()).isTrue();

            lab.store.before(entries -> {});
            lab.drain.step();
            assertThat(lab.drain.isFailing()).isFalse();
        }
    }

    @Test
    void givesLessAtATimeToAStoreThatIsTooSlowForMore() throws IOException {
        try (Lab lab = new Lab()) {
            List<Integer> sizes = new ArrayList<>();
            lab.store.before(entries -> {
                sizes.add(entries.size());
                if (entries.size() > 100) {
                    isAway(entries);
                }
            });
            lab.accept(300);
            lab.drainAll();

            assertThat(sizes).startsWith(300, 250, 125, 62, 94, 142, 71);
            assertThat(lab.store.ids()).isEqualTo(names(0, 300));
        }
    }

    @Test
    void setsAsideTheOneEntryThatIsRefusedAndGoesOn() throws IOException {
        try (Lab lab = new Lab()) {
            lab.store.before(entries -> {
                if (entries.stream().anyMatch(entry -> entry.requestId().equals(name(123)))) {
                    throw new RefusedRecordException("too long");
                }
            });
            lab.accept(300);
            lab.pass(200);
            lab.accept(300);
            lab.drainAll();

            List<String> expected = new ArrayList<>(names(0, 600));
            expected.remove(name(123));
            assertThat(lab.store.ids()).isEqualTo(expected);
            assertThat(lab.drain.setAside()).isEqualTo(1);
            Path rejected = lab.directory.resolve("1").resolve("rejected.jsonl");
            assertThat(rejected).content().contains("too long", name(123)).doesNotContain(name(124));
        }
    }

    /**
     * Whatever happens to the store and the process, in the end the store has every entry once and in order, but for those that were
     * in memory alone when the process was killed.
     */
    @Test
    void whatWaitsOnDiskAndInMemoryIsForgottenWithTheStore() throws IOException {
        try (Lab lab = new Lab()) {
            lab.accept(3);
            lab.drainAll();
            lab.accept(2);
            lab.pass(100);
            lab.accept(4);

            assertThat(lab.drain.clear()).isEqualTo(9);

            lab.accept(1);
            lab.drainAll();
            assertThat(lab.store.ids()).hasSize(1);
            assertThat(lab.spool.state().entries()).isZero();
        }
    }

    @Property(tries = 100)
    void losesOnlyWhatWasInMemoryWhenTheProcessWasKilled(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lost = new ArrayList<>();
        try (Lab lab = new Lab()) {
            for (int i = random.nextInt(60); i > 0; i--) {
                switch (random.nextInt(5)) {
                    case 0 -> lab.accept(random.nextInt(40));
                    case 1 -> lab.pass(random.nextInt(100));
                    case 2, 3 -> {
                        lab.store.before(trouble(random, lab));
                        lab.drain.step();
                    }
                    default -> lost.addAll(kill(random, lab));
                }
            }
            lab.store.before(entries -> {});
            lab.drainAll();

            List<String> expected = new ArrayList<>(names(0, lab.accepted));
            expected.removeAll(lost);
            assertThat(lab.store.ids()).isEqualTo(expected);
            assertThat(lab.spool.state().entries()).isZero();
            assertThat(Lab.files(lab.directory)).isEmpty();
        }
    }

    /** The store is there, or away, or fails after it has kept some or all of the entries; in the meantime time may pass. */
    private static Consumer<List<? extends RecordEntry>> trouble(Random random, Lab lab) {
        int kept = random.nextInt(3);
        boolean isAway = random.nextBoolean();
        int millis = random.nextInt(200);
        return entries -> {
            lab.pass(millis);
            if (isAway) {
                lab.store.keep(entries.subList(0, entries.size() * kept / 2));
                isAway(entries);
            }
        };
    }

    /** Returns who is lost: what was not on disk, and what was just being written to it. */
    private static List<String> kill(Random random, Lab lab) throws IOException {
        List<String> onDisk = onDisk(lab);
        int cut = 0;
        if (!onDisk.isEmpty() && random.nextBoolean()) {
            List<Path> files = Lab.files(lab.directory);
            int size = frame(lab, onDisk.getLast());
            cut = 1 + random.nextInt(size);
            assertThat(files).isNotEmpty();
            onDisk.removeLast();
        }
        List<String> all = new ArrayList<>(names(0, lab.accepted));
        all.removeAll(onDisk);
        all.removeAll(lab.store.ids());
        lab.kill(cut);
        assertThat(onDisk(lab)).isEqualTo(onDisk);
        return all;
    }

    private static List<String> onDisk(Lab lab) {
        return new ArrayList<>(lab.spool.peek(Integer.MAX_VALUE, ENOUGH).stream()
                .map(RecordEntry::requestId)
                .toList());
    }

    private static int frame(Lab lab, String id) {
        try {
            Path other = Files.createTempDirectory(lab.home, "size");
            try (Spool spool = Spool.open(other, ENOUGH, InstantSource.system())) {
                spool.add(Entries.call(id));
                return (int) spool.state().bytes() - 16;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
