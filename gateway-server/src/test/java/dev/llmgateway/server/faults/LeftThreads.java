package dev.llmgateway.server.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Tells which threads have begun since a moment and not ended. Of virtual ones the events of Flight Recorder tell it, and not a
 * dump of all threads: JDK 25 may crash when it takes the stack of a virtual thread that is just being moved.
 */
final class LeftThreads implements AutoCloseable {

    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_NANOS = 500_000_000L;

    private static final String BEGUN = "jdk.VirtualThreadStart";
    private static final String ENDED = "jdk.VirtualThreadEnd";

    /** They wait for the gateway, which keeps connections to use them again, and for each other. */
    private static final Set<String> NOT_OF_THE_GATEWAY = Set.of("simulated-provider", ChaosClients.THREAD);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final Recording recording = new Recording();
    private final Path directory;

    /** Watches from now on, and keeps what it sees in a directory. */
    LeftThreads(Path directory) {
        this.directory = directory;
        recording.enable(BEGUN).withoutStackTrace();
        recording.enable(ENDED).withoutStackTrace();
        recording.start();
    }

    /** Those of the gateway that are still there after a while; none as soon as there are none. */
    List<String> ofTheGateway() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<String> left = now();
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
            left = now();
        }
        return left;
    }

    private List<String> now() throws IOException {
        return Stream.concat(virtual(), platform()).toList();
    }

    private Stream<String> virtual() throws IOException {
        Path file = directory.resolve("threads-" + System.nanoTime() + ".jfr");
        recording.dump(file);
        Map<Long, String> names = new HashMap<>();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        events.stream().filter(event -> is(event, BEGUN)).forEach(event -> names.put(id(event), name(event)));
        events.stream().filter(event -> is(event, ENDED)).forEach(event -> names.remove(id(event)));
        return names.values().stream().filter(name -> !NOT_OF_THE_GATEWAY.contains(name));
    }

    /** Only those that run the gateway's own code, as libraries keep some to use them again. */
    private Stream<String> platform() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !before.contains(thread.getKey()))
                .map(thread -> thread.getKey().getName() + Arrays.toString(thread.getValue()))
                .filter(stack -> stack.contains("dev.llmgateway.") && !stack.contains(".faults."));
    }

    private static boolean is(RecordedEvent event, String type) {
        return event.getEventType().getName().equals(type);
    }

    private static long id(RecordedEvent event) {
        return event.getLong("javaThreadId");
    }

    private static String name(RecordedEvent event) {
        return event.getThread().getJavaName();
    }

    @Override
    public void close() {
        recording.close();
    }
}
