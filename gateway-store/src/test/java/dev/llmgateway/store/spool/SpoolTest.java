package dev.llmgateway.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.records.RecordEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long ENOUGH = 1L << 30;

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    private Path directory;

    private Spool open() throws IOException {
        return Spool.open(directory, ENOUGH, CLOCK);
    }

    private static void add(Spool spool, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(spool.add(Entries.call("call-" + i))).isTrue();
        }
    }

    private static List<String> ids(List<RecordEntry> entries) {
        return entries.stream().map(RecordEntry::requestId).toList();
    }

    private static List<String> calls(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "call-" + i).toList();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void givesBackWhatWasAddedFirst() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 5);

            assertThat(ids(spool.peek(3, ENOUGH))).isEqualTo(calls(0, 3));
            spool.remove(2);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(2, 5));
            assertThat(spool.state().entries()).isEqualTo(3);
            assertThat(spool.state().oldest()).isEqualTo(CLOCK.instant());
        }
    }

    @Test
    void givesSoManyBytesAtATimeButOneEntryAlways() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 5);
            long three = 3L * Segment.sizeOf(EntryJson.toBytes(Entries.call("call-0")));

            assertThat(spool.peek(9, three)).hasSize(3);
            assertThat(spool.peek(9, three - 1)).hasSize(2);
            assertThat(spool.peek(9, 1)).hasSize(1);
        }
    }

    @Test
    void goesOnWhereTheLastProcessEnded() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 5);
            spool.remove(2);
        }
        try (Spool spool = open()) {
            add(spool, 5, 7);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(2, 5 + 2));
        }
    }

    @Test
    void leavesNoFileWhenAllIsDone() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 5);
            spool.remove(5);

            assertThat(files(".spool")).isEmpty();
            assertThat(spool.state()).isEqualTo(new Spool.State(0, 0, 0, null));
        }
    }

    @Test
    void writesSeveralFilesAndDeletesThoseThatAreDone() throws IOException {
        String large = "x".repeat(3 << 20);
        try (Spool spool = Spool.open(directory, 1L << 28, CLOCK)) {
            for (int i = 0; i < 10; i++) {
                spool.add(Entries.call("call-" + i, large, null));
            }
            assertThat(files(".spool")).hasSize(4);
            spool.remove(4);

            assertThat(files(".spool")).hasSize(3);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(4, 6));
        }
        try (Spool spool = open()) {
            assertThat(spool.state().entries()).isEqualTo(6);
        }
    }

    @Test
    void takesNoMoreBytesThanItMay() throws IOException {
        int size = Segment.sizeOf(EntryJson.toBytes(Entries.call("call-0")));
        try (Spool spool = Spool.open(directory, 3L * size + 20, CLOCK)) {
            add(spool, 0, 3);
            assertThat(spool.add(Entries.call("call-3"))).isFalse();
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(0, 3));
        }
    }

    @Test
    void twoProcessesNeverShareADirectoryAndTheThirdTakesWhatTheyLeave() throws IOException {
        try (Spool first = open();
                Spool second = open()) {
            add(first, 0, 2);
            add(second, 2, 4);
            assertThat(ids(first.peek(9, ENOUGH))).isEqualTo(calls(0, 2));
            assertThat(ids(second.peek(9, ENOUGH))).isEqualTo(calls(2, 4));
        }
        try (Spool third = open()) {
            assertThat(ids(third.peek(2, ENOUGH))).isEqualTo(calls(0, 2));
            third.remove(2);
            assertThat(ids(third.peek(9, ENOUGH))).isEqualTo(calls(2, 4));
        }
    }

    @Test
    void leavesADirectoryAloneThatAnotherProcessHolds() throws Exception {
        Files.createDirectories(directory.resolve("1"));
        Process other = holdLock(directory.resolve("1").resolve("lock"));
        try (Spool spool = open()) {
            add(spool, 0, 1);
            assertThat(files(".spool")).allMatch(file -> file.getParent().endsWith("2"));
        } finally {
            other.destroyForcibly();
        }
    }

    private static Process holdLock(Path lock) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    @Test
    void onlyTheOwnerCanReadItsFiles() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 1);
            spool.setAside(Entries.call("bad"), "no");
            for (Path file : List.of(files(".spool").getFirst(), files(".jsonl").getFirst())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void keepsWhatNoStoreTakesAsALineThatCanBeRead() throws IOException {
        try (Spool spool = open()) {
            spool.setAside(Entries.call("bad"), "too large");
            spool.setAside(Entries.call("worse"), "too small");
        }
        List<String> lines = Files.readAllLines(files("rejected.jsonl").getFirst());
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("{\"ts\":\"2026-11-22T12:00:00Z\",\"why\":\"too large\",\"call\":{\"id\":\"bad\"");
    }

    @Test
    void passesOverADamagedEntryAndCountsIt() throws IOException {
        try (Spool spool = open()) {
            add(spool, 0, 3);
        }
        int size = Segment.sizeOf(EntryJson.toBytes(Entries.call("call-0")));
        overwrite(files(".spool").getFirst(), 16 + size + 20);
        try (Spool spool = open()) {
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(0, 1));
            spool.remove(1);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(2, 3));
            assertThat(spool.state().damaged()).isEqualTo(1);
        }
    }

    private static void overwrite(Path file, long place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'~'}), place);
        }
    }

    @Test
    void leavesFilesAloneThatItDoesNotKnow() throws IOException {
        Path unknown = directory.resolve("1").resolve("0000000000000007.spool");
        Files.createDirectories(unknown.getParent());
        Files.writeString(unknown, "LGSPOOL9 and what is in it");
        try (Spool spool = open()) {
            add(spool, 0, 1);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(0, 1));
        }
        assertThat(unknown).hasContent("LGSPOOL9 and what is in it");
    }

    @Test
    void leavesFilesOfOtherNamesAlone() throws IOException {
        Path other = directory.resolve("1").resolve("copy of 0000000000000001.spool");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "what somebody has put there");
        try (Spool spool = open()) {
            add(spool, 0, 1);
            assertThat(ids(spool.peek(9, ENOUGH))).isEqualTo(calls(0, 1));
        }
        assertThat(other).hasContent("what somebody has put there");
    }
}
