package dev.llmgateway.compliance;

/** What happens to a finding. */
public enum Action {
    /** Something else stands in its place. */
    REDACT,
    /** The whole text is refused. */
    BLOCK,
    /** It is told of, and passes. */
    LOG_ONLY
}
