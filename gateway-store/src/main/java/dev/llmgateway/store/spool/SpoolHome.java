package dev.llmgateway.store.spool;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one spool. Under a common one there is a numbered directory for each process that runs at the same time, which
 * holds the lock in it for as long as it lives. What dead processes have left is moved into one's own at the start. The
 * directories stay, for the next process.
 */
final class SpoolHome implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SpoolHome.class.getName());

    /** As many processes may run at the same time. */
    private static final int MOST_PROCESSES = 1_000;

    private static final String SUFFIX = ".spool";

    /** Files of other names are somebody else's. */
    private static final Pattern NAME = Pattern.compile("[0-9]{16}[.]spool");

    /**
     * Which locks this process holds. They belong to the process as a whole, and on POSIX it loses one by closing any channel to
     * its file: so it must not even try to take one a second time.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path lockFile;
    private final FileChannel lock;

    private SpoolHome(Path directory, Path lockFile, FileChannel lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the first directory that nobody holds, and everything out of the others that nobody holds.
     *
     * @throws IOException when that cannot be read or written
     */
    static SpoolHome claim(Path common) throws IOException {
        OwnFiles.createDirectories(common);
        for (int number = 1; number <= MOST_PROCESSES; number++) {
            SpoolHome own = tryLock(common.resolve(Integer.toString(number)));
            if (own != null) {
                own.adoptAfter(common, number);
                return own;
            }
        }
        throw new IOException("all of " + MOST_PROCESSES + " directories in " + common + " are in use");
    }

    private static @Nullable SpoolHome tryLock(Path directory) throws IOException {
        OwnFiles.createDirectories(directory);
        Path lockFile = directory.toRealPath().resolve("lock");
        if (!HELD.add(lockFile)) {
            return null;
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = OwnFiles.open(lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            lock = channel.tryLock();
            return lock == null ? null : new SpoolHome(directory, lockFile, channel);
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(lockFile);
            }
        }
    }

    private void adoptAfter(Path common, int own) throws IOException {
        for (int number = own + 1; Files.isDirectory(common.resolve(Integer.toString(number))); number++) {
            try (SpoolHome other = tryLock(common.resolve(Integer.toString(number)))) {
                if (other != null) {
                    adopt(other);
                }
            }
        }
    }

    private void adopt(SpoolHome dead) throws IOException {
        List<Path> files = dead.segments();
        long next = nextNumber();
        for (Path file : files) {
            Files.move(file, segment(next), StandardCopyOption.ATOMIC_MOVE);
            next++;
        }
        if (!files.isEmpty()) {
            LOG.log(Level.INFO, "Took over " + files.size() + " spool files from " + dead.directory);
        }
    }

    /** The files in it, oldest first. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path segment(long number) {
        return directory.resolve(String.format("%016d%s", number, SUFFIX));
    }

    private long nextNumber() throws IOException {
        List<Path> files = segments();
        if (files.isEmpty()) {
            return 1;
        }
        String last = files.getLast().getFileName().toString();
        return Long.parseLong(last.substring(0, last.length() - SUFFIX.length())) + 1;
    }

    /** The file to write after all that there are. */
    Path nextSegment() throws IOException {
        OwnFiles.createDirectories(directory);
        return segment(nextNumber());
    }

    /** Where entries are put that no store takes. */
    Path rejected() {
        return directory.resolve("rejected.jsonl");
    }

    /** Leaves it to others. */
    @Override
    public void close() throws IOException {
        lock.close();
        HELD.remove(lockFile);
    }
}
