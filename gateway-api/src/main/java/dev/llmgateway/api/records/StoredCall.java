package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/**
 * A call as a store gives it back.
 *
 * @param record with its late charges
 * @param trace as one JSON object, as {@link dev.llmgateway.api.json.TraceJson} writes it; null when it is not kept any more
 * @param bodies null when they were not kept, or are not any more
 */
public record StoredCall(
        CallRecord record, @Nullable String trace, @Nullable Bodies bodies) {}
