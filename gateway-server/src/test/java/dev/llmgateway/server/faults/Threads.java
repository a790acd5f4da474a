package dev.llmgateway.server.faults;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The threads of this JVM, virtual ones included, each with its stack as text. */
record Threads(List<String> stacks) {

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** Seldom: JDK 25 may crash when it takes the stack of a virtual thread that is just being moved. */
    private static final long PAUSE_NANOS = 2_500_000_000L;

    /** What begins by itself, does one thing and ends: the look at the database at a start, and the sums after many records. */
    private static final List<String> PASSING =
            List.of("dev.llmgateway.server.DatabaseCheck.", "PostgresRecordStore.sumUp(");

    private static Threads now(Path directory) throws IOException {
        Path file = directory.resolve("threads-" + System.nanoTime() + ".txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return new Threads(Arrays.asList(Files.readString(file).split("\n\n")));
    }

    /** Those that are there when those have ended that end by themselves; after a while, all. */
    static Threads settled(Path directory) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Threads threads = now(directory);
        while (threads.stacks.stream().anyMatch(Threads::isPassing) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            threads = now(directory);
        }
        return threads;
    }

    private static boolean isPassing(String stack) {
        return PASSING.stream().anyMatch(stack::contains);
    }

    /** How many run the gateway's own code; simulated providers and tests do not count. */
    long ofTheGateway() {
        return stacks.stream()
                .filter(stack -> stack.contains("dev.llmgateway."))
                .filter(stack -> !stack.contains(".simulated.") && !stack.contains(".faults."))
                .count();
    }
}
