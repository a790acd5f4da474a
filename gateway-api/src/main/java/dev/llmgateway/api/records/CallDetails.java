package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the record of a call. It may be written only when somebody asks for it, which therefore belongs on a thread
 * that no call waits for. Thread safe.
 */
public interface CallDetails {

    /** What happened to the call on its way, as one JSON object, as {@link dev.llmgateway.api.json.TraceJson} writes it. */
    String trace();

    /** What was said; null when that is not to be kept. */
    @Nullable
    Bodies bodies();

    /** About how many bytes of memory this takes. */
    long bytes();
}
