package dev.llmgateway.resilience.circuit;

import java.time.Duration;

/** Whether a call may be made. */
public sealed interface Admission permits Permit, Admission.Refused {

    /**
     * It may not.
     *
     * @param retryAfter until that may change, never negative
     * @param sentence why, as a clause for people: "failed 5 times in 60 s"
     */
    record Refused(Duration retryAfter, String sentence) implements Admission {}
}
