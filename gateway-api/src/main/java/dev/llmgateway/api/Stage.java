package dev.llmgateway.api;

/**
 * The places around a call, outermost first. Each holds at most one interceptor, but {@link #TRANSCRIPT} and {@link #USER},
 * which hold any number. An empty place costs nothing.
 */
public enum Stage {
    /** Outside all: rejections are measured too. */
    TELEMETRY,
    /** A denied call leaves a record. */
    AUDIT,
    /** Virtual key to caller. */
    AUTHENTICATION,
    /** Scoped by caller; replays and joined calls cost no quota. */
    IDEMPOTENCY,
    /** Reserves the estimate, settles with the real usage at the outcome. */
    LIMITS,
    /** Sanitizes the request inward, puts the caller's own values back outward. */
    COMPLIANCE,
    /** What was said, as it may be kept or shown: the request is sanitized, the answer has passed the gate. */
    TRANSCRIPT,
    /** Checks the events outward. */
    GATE,
    /** The application's own interceptors; they see sanitized text only. */
    USER,
    /** Inside the gate, so that a hit is judged by today's policy. */
    CACHE
}
