package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import org.jspecify.annotations.Nullable;

/** Whether a caller is to see what the model thinks, in the words of Anthropic's {@code thinking.display}. */
public final class ThinkingDisplay {

    /** The thoughts are shown. */
    public static final String SUMMARIZED = "summarized";

    /** They are not. */
    public static final String OMITTED = "omitted";

    private ThinkingDisplay() {}

    /**
     * What the caller asks for, or null when that is left to the model. All models of Anthropic's that take a budget show
     * what they think unless told otherwise; those that take none, and adapt, do not.
     */
    public static @Nullable String of(ReasoningOptions wish) {
        if (wish.display() != null) {
            return wish.display();
        }
        return wish.mode() == Mode.ENABLED && wish.budgetTokens() != null ? SUMMARIZED : null;
    }
}
