package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning efforts: their names on the wire, and the way from a budget of thinking tokens to an effort. Budgets up to
 * 4,096 tokens are {@code low}, up to 16,384 {@code medium}, above {@code high}: the bounds lie between the budgets (1,024,
 * 8,192 and 24,576) that stand for these efforts in the other direction.
 */
final class Efforts {

    private static final int LARGEST_LOW_BUDGET = 4_096;
    private static final int LARGEST_MEDIUM_BUDGET = 16_384;

    private Efforts() {}

    /** The effort of this name, or null when it is a word of one vendor only, or nothing. */
    static @Nullable Effort parse(@Nullable String name) {
        for (Effort effort : Effort.values()) {
            if (wireName(effort).equals(name)) {
                return effort;
            }
        }
        return null;
    }

    static String wireName(Effort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }

    /** What the options ask for in terms of effort, or null when they leave it to the model. */
    static @Nullable Effort wanted(ReasoningOptions options) {
        if (options.mode() == ReasoningOptions.Mode.DISABLED) {
            return Effort.NONE;
        }
        Integer budget = options.budgetTokens();
        if (options.effort() != null || budget == null) {
            return options.effort();
        }
        if (budget <= LARGEST_LOW_BUDGET) {
            return Effort.LOW;
        }
        return budget <= LARGEST_MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
    }

    /** The accepted effort that is nearest, the lesser one of two; null when none is accepted. */
    static @Nullable Effort nearest(Effort wanted, Set<Effort> accepted) {
        Effort nearest = null;
        for (Effort effort : Effort.values()) {
            if (accepted.contains(effort)
                    && (nearest == null || distance(effort, wanted) < distance(nearest, wanted))) {
                nearest = effort;
            }
        }
        return nearest;
    }

    private static int distance(Effort a, Effort b) {
        return Math.abs(a.ordinal() - b.ordinal());
    }
}
