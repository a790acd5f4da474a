package dev.llmgateway.api;

/**
 * The places around a call, outermost first. Each holds at most one interceptor, but {@link #USER}, which holds any
 * number. An empty place costs nothing.
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
    /** Sanitizes the request inward, gates the events outward. */
    COMPLIANCE,
    /** The application's own interceptors; they see sanitized text only. */
    USER,
    /** Inside the gate, so that a hit is judged by today's policy. */
    CACHE
}
