package dev.llmgateway.ir;

/**
 * A wire format that clients or providers speak. Each has one codec, in the sub-package of its vendor.
 */
public enum Dialect {
    /** OpenAI's Chat Completions, also spoken (with quirks) by most other providers. */
    OPENAI_CHAT("openai"),
    /** Anthropic's Messages. */
    ANTHROPIC_MESSAGES("anthropic"),
    /** OpenAI's Responses, which its newest models demand of agents that use tools. */
    OPENAI_RESPONSES("openai-responses"),
    /** OpenAI's Embeddings, which other providers speak too: no chat, but texts in and vectors out. */
    OPENAI_EMBEDDINGS("openai-embeddings");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** The short name used in logs and metrics, for example {@code openai}. */
    public String label() {
        return label;
    }
}
