package dev.llmgateway.api;

/** The places around one upstream attempt, outermost first. Each holds at most one interceptor. */
public enum AttemptStage {
    /** The same target again, with jitter, {@code Retry-After}, inside the deadline. */
    RETRY,
    /** Every attempt counts; open: no sleep, straight to the next target. */
    BREAKER,
    /** What may be asked of the provider; used up: straight to the next target. */
    QUOTA,
    /** First event, idle between events, total. Unless it is filled, the total alone is enforced. */
    TIMEOUTS,
    /** What is asked of a provider, and nothing that a stage before it has refused. */
    TELEMETRY
}
