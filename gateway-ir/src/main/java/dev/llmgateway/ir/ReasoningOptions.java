package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;

/**
 * How much the model is to think before it answers. A null component was not given.
 *
 * @param mode null when the caller did not say
 * @param effort in OpenAI's and Anthropic's words
 * @param budgetTokens upper bound of thinking tokens (Anthropic's {@code budget_tokens}), at least 1
 * @param display Anthropic's {@code thinking.display} ({@code omitted}, {@code summarized}, ...), or null
 */
public record ReasoningOptions(
        @Nullable Mode mode,
        @Nullable Effort effort,
        @Nullable Integer budgetTokens,
        @Nullable String display) {

    /** Nothing said about reasoning. */
    public static final ReasoningOptions DEFAULTS = new ReasoningOptions(null, null, null, null);

    /** Whether to think. */
    public enum Mode {
        ENABLED,
        DISABLED,
        /** The model decides how much (Anthropic's {@code adaptive}). */
        ADAPTIVE,
        /** Anthropic's {@code between_tools}. */
        BETWEEN_TOOLS
    }

    /** How hard to think, least first. */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }

    /** Only an effort. */
    public static ReasoningOptions effort(Effort effort) {
        return new ReasoningOptions(null, effort, null, null);
    }
}
