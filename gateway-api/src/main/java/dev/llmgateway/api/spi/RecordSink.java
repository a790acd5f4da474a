package dev.llmgateway.api.spi;

import dev.llmgateway.api.records.RecordEntry;
import java.util.List;

/** Takes records of calls as they are made. Called on the threads of calls: thread safe, and never waits. */
@FunctionalInterface
public interface RecordSink {

    /** Takes nothing. */
    RecordSink NOWHERE = entry -> {};

    /** An entry: of each call exactly one when it has ended, and its late charges after it. */
    void accept(RecordEntry entry);

    /** Gives each entry to all of these. */
    static RecordSink all(List<RecordSink> sinks) {
        List<RecordSink> each = List.copyOf(sinks);
        return entry -> each.forEach(sink -> sink.accept(entry));
    }
}
