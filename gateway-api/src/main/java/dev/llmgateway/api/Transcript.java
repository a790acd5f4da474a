package dev.llmgateway.api;

import org.jspecify.annotations.Nullable;

/**
 * What is said in a call as it may be kept: the request is sanitized, the answer has passed the gate. It grows until the call ends.
 * Both are JSON in the caller's dialect, written anew each time, which takes a while for long texts. Thread safe.
 */
public interface Transcript {

    /** The request; null when it is too large to be kept. */
    @Nullable
    String request();

    /** The answer so far, a stream's as a whole one; null when there is none yet, or it is too large to be kept. */
    @Nullable
    String answer();

    /** About how many bytes of memory this takes. */
    long bytes();
}
