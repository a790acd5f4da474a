package dev.llmgateway.ir;

/** Why the model stopped. */
public enum StopReason {
    /** It was done. */
    END_TURN,
    /** It wrote one of the request's stop texts. */
    STOP_SEQUENCE,
    /** It reached the output limit. */
    MAX_TOKENS,
    /** The context window is full. */
    CONTEXT_WINDOW_EXCEEDED,
    /** It wants tools to be run. */
    TOOL_USE,
    /** It declined, or a filter stopped it. */
    REFUSAL,
    /** A server-side tool loop paused; sending the conversation again continues it (Anthropic). */
    PAUSE_TURN,
    /** The vendor gave a reason that is none of these, or none. */
    OTHER
}
