package dev.llmgateway.store.recording;

import dev.llmgateway.api.json.RecordJson;
import dev.llmgateway.api.records.CallRecord;
import dev.llmgateway.api.records.FinishedCall;
import dev.llmgateway.api.records.LateCharge;
import dev.llmgateway.api.records.RecordEntry;
import dev.llmgateway.api.spi.RecordSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes each call's record as a line of JSON, on a thread of its own. At most {@value #MOST_WAITING} lines wait; when their
 * reader is slower than that, lines are dropped, and counted. They hold nothing of what was said. Thread safe.
 */
public final class RequestLog implements RecordSink, AutoCloseable {

    private static final int MOST_WAITING = 10_000;

    private static final int BUFFER = 8 * 1024;

    private static final int FIRST_FAULT = 500;

    /** Which calls get a line. */
    public enum Lines {
        ALL,
        /** Those that were answered with a status of 500 or above. */
        FAULTS,
        NONE
    }

    private final Lines lines;
    private final OutputStream out;
    private final Batches<CallRecord> batches;

    private RequestLog(OutputStream out, Lines lines) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.lines = lines;
        batches = Batches.start("llm-gateway-request-log", MOST_WAITING, this::write);
    }

    /** Starts to write into this, some lines at a time; it stays the caller's to close. */
    public static RequestLog start(OutputStream out, Lines lines) {
        return new RequestLog(out, lines);
    }

    @Override
    public void accept(RecordEntry entry) {
        switch (entry) {
            case FinishedCall call -> {
                if (isWanted(call.record())) {
                    batches.give(call.record());
                }
            }
            case LateCharge ignored -> {}
        }
    }

    private boolean isWanted(CallRecord call) {
        return switch (lines) {
            case ALL -> true;
            case FAULTS -> call.end().status() >= FIRST_FAULT;
            case NONE -> false;
        };
    }

    private void write(List<CallRecord> calls) {
        try {
            for (CallRecord call : calls) {
                out.write(RecordJson.toBytes(call));
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the request log cannot be written", e);
        }
    }

    /** How many lines were dropped. */
    public long dropped() {
        return batches.dropped();
    }

    /** Writes what was accepted before, for some seconds at most. */
    @Override
    public void close() {
        batches.close();
    }
}
