package dev.llmgateway.api.records;

import dev.llmgateway.api.CallLabels;

/**
 * A request that was refused before it became a call of a gateway, because nobody could read it.
 *
 * @param tenant whom it belongs to
 * @param status the HTTP status of its answer
 * @param error what the caller was told
 */
public record Refused(String requestId, String tenant, CallLabels labels, int status, String error) {

    /** The {@link CallRecord.End#errorType} of all of these. */
    public static final String TYPE = "unreadable_request";
}
