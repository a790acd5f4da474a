package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning efforts: their names on the wire, which OpenAI and Anthropic share, and the ways between an effort and a budget
 * of thinking tokens. Budgets up to 4,096 tokens are {@code low}, up to 16,384 {@code medium}, above {@code high}: the
 * bounds lie between the budgets that stand for these efforts in the other direction.
 */
public final class Efforts {

    /** The least that Anthropic takes. */
    public static final int SMALLEST_BUDGET = 1024;

    private static final int LARGEST_LOW_BUDGET = 4_096;
    private static final int LARGEST_MEDIUM_BUDGET = 16_384;

    private Efforts() {}

    /** The effort of this name, or null when it is a word of one vendor only, or nothing. */
    public static @Nullable Effort parse(@Nullable String name) {
        for (Effort effort : Effort.values()) {
            if (wireName(effort).equals(name)) {
                return effort;
            }
        }
        return null;
    }

    public static String wireName(Effort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the options ask for in terms of effort, or null when they leave it to the model. A model of Anthropic's that adapts
     * does so with {@code high} unless told otherwise.
     */
    public static @Nullable Effort wanted(ReasoningOptions options) {
        Mode mode = options.mode();
        if (mode == Mode.DISABLED || mode == Mode.BETWEEN_TOOLS) {
            return Effort.NONE;
        }
        if (options.effort() != null) {
            return options.effort();
        }
        Integer budget = options.budgetTokens();
        if (budget == null) {
            return mode == Mode.ADAPTIVE ? Effort.HIGH : mode == Mode.ENABLED ? Effort.MEDIUM : null;
        }
        if (budget <= LARGEST_LOW_BUDGET) {
            return Effort.LOW;
        }
        return budget <= LARGEST_MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
    }

    /** The budget of thinking tokens that stands for an effort. */
    public static int budget(Effort effort) {
        return switch (effort) {
            case NONE, MINIMAL, LOW -> SMALLEST_BUDGET;
            case MEDIUM -> 8192;
            case HIGH -> 24_576;
            case XHIGH -> 32_768;
            case MAX -> 49_152;
        };
    }

    /**
     * The accepted effort that is nearest, the lesser one of two; null when none is accepted, or some reasoning is wanted of a model
     * that can only be told not to reason.
     */
    public static @Nullable Effort nearest(Effort wanted, Set<Effort> accepted) {
        Effort nearest = null;
        for (Effort effort : Effort.values()) {
            boolean isNear = effort != Effort.NONE || wanted == Effort.NONE;
            if (isNear
                    && accepted.contains(effort)
                    && (nearest == null || distance(effort, wanted) < distance(nearest, wanted))) {
                nearest = effort;
            }
        }
        return nearest;
    }

    /** Whether one stands for the other without a change worth telling: they are the same, or next to each other. */
    public static boolean areNear(Effort a, Effort b) {
        return distance(a, b) <= 1;
    }

    private static int distance(Effort a, Effort b) {
        return Math.abs(a.ordinal() - b.ordinal());
    }
}
