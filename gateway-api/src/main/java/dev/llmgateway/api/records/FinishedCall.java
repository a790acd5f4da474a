package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/**
 * A call that has ended.
 *
 * @param trace what happened to it on its way
 * @param bodies what was said; null when that is not to be kept
 */
public record FinishedCall(
        CallRecord record, CallTrace trace, @Nullable Bodies bodies) implements RecordEntry {

    @Override
    public String requestId() {
        return record.requestId();
    }
}
