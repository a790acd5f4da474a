package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/** Details that have been written before. */
public record WrittenDetails(String trace, @Nullable Bodies bodies) implements CallDetails {

    @Override
    public long bytes() {
        return Bodies.bytes(trace) + (bodies == null ? 0 : bodies.bytes());
    }
}
