package dev.llmgateway.api.records;

/** What a {@link dev.llmgateway.api.spi.RecordStore} is given to keep, in the order in which it happened. */
public sealed interface RecordEntry permits FinishedCall, LateCharge {

    /** The call that it belongs to. */
    String requestId();
}
