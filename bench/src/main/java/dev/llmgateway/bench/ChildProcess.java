package dev.llmgateway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this program started: its CPU and memory with those of its own children, and its end. */
final class ChildProcess implements AutoCloseable {
    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a command; what it prints goes to {@code log}. */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ChildProcess(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time used so far, in microseconds. */
    long cpuMicros() throws IOException {
        long sum = 0;
        for (long pid : pids()) {
            sum += ProcStat.cpuMicros(pid);
        }
        return sum;
    }

    long residentBytes() throws IOException {
        long sum = 0;
        for (long pid : pids()) {
            sum += ProcStat.residentBytes(pid);
        }
        return sum;
    }

    /** Ends it with SIGTERM, and with SIGKILL when it has not gone after 5 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }
}
