package dev.llmgateway.ir;

/** Who speaks in a {@link Message}. */
public enum Role {
    /** Instructions. Allowed at any position of a conversation. */
    SYSTEM,
    /** OpenAI's newer name for instructions; other dialects treat it as {@link #SYSTEM}. */
    DEVELOPER,
    USER,
    ASSISTANT,
    /** Carries only {@link Content.ToolResult}s: the answers to the tool calls of the assistant turn before it. */
    TOOL
}
