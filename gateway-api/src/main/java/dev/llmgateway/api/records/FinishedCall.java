package dev.llmgateway.api.records;

/**
 * A call that has ended.
 *
 * @param details what happened to it on its way, and what was said
 */
public record FinishedCall(CallRecord record, CallDetails details) implements RecordEntry {

    @Override
    public String requestId() {
        return record.requestId();
    }
}
