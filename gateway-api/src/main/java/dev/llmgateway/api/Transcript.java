package dev.llmgateway.api;

import dev.llmgateway.api.records.Bodies;

/**
 * What is said in a call as it may be kept: the request is sanitized, the answer has passed the gate. It grows until the call ends.
 * Thread safe.
 */
public interface Transcript {

    /** What was said so far, written anew each time; that takes a while for long texts. */
    Bodies bodies();

    /** About how many bytes of memory this takes. */
    long bytes();
}
