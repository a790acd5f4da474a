package dev.llmgateway.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A running contender, or the direct connection, which has no process of its own. */
final class Contender implements AutoCloseable {
    private final Kind kind;
    private final int port;
    private final @Nullable ChildProcess process;
    private long answered;

    Contender(Kind kind, int port, @Nullable ChildProcess process) {
        this.kind = kind;
        this.port = port;
        this.process = process;
    }

    Kind kind() {
        return kind;
    }

    int port() {
        return port;
    }

    /** Requests that it has answered since its start. */
    long answered() {
        return answered;
    }

    void count(LoadResult result) {
        answered += result.answered();
    }

    /** CPU time used so far in microseconds; 0 for the direct connection. */
    long cpuMicros() throws IOException {
        return process == null ? 0 : process.cpuMicros();
    }

    long residentBytes() throws IOException {
        return process == null ? 0 : process.residentBytes();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
