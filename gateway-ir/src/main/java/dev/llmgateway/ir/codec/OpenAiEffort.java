package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The effort that stands for a wish to think in both of OpenAI's formats. What it cannot say is named: that the model reasons
 * which was told not to, or is not asked to; a budget beside it; and an effort or a budget for which there is none that is near.
 */
public final class OpenAiEffort {

    private OpenAiEffort() {}

    /**
     * The effort that the model is asked for, or null for none.
     *
     * @param accepted those that may go to it
     */
    public static @Nullable Effort taken(
            ChatRequest request, ReasoningOptions wish, Set<Effort> accepted, Losses losses) {
        Effort wanted = Efforts.wanted(wish);
        if (wanted == null) {
            return null;
        }
        if (isOfMode(wish) && accepted.size() == Effort.values().length) {
            // Nobody knows the model: one that does not reason would refuse what the caller has not asked for in so
            // many words.
            ThinkingOfChat.addReasoning(request, losses);
            return null;
        }
        Effort taken = Efforts.nearest(wanted, accepted);
        if (wanted == Effort.NONE) {
            nameUnthought(request, wish, taken, losses);
        } else if (taken == null) {
            nameLost(request, wish, losses);
        } else {
            nameMoved(wish, wanted, taken, losses);
        }
        return taken;
    }

    private static boolean isOfMode(ReasoningOptions wish) {
        boolean isAlone = wish.effort() == null && wish.budgetTokens() == null;
        return isAlone && (wish.mode() == Mode.ADAPTIVE || wish.mode() == Mode.BETWEEN_TOOLS);
    }

    /** Notes that the model is not asked to think, by all names that the caller asked with. */
    public static void nameLost(ChatRequest request, ReasoningOptions wish, Losses losses) {
        if (wish.effort() != null) {
            losses.add(Lost.EFFORT);
        }
        if (wish.effort() == null || wish.mode() != null) {
            ThinkingOfChat.addReasoning(request, losses);
        }
    }

    /** Whether a model thinks because the caller wants it to. */
    public static boolean thinks(ReasoningOptions wish, @Nullable Effort taken) {
        return taken != null && taken != Effort.NONE && Efforts.wanted(wish) != Effort.NONE;
    }

    private static void nameUnthought(
            ChatRequest request, ReasoningOptions wish, @Nullable Effort taken, Losses losses) {
        boolean reasons = taken != null && taken != Effort.NONE;
        boolean isAsked = wish.mode() == Mode.ENABLED || wish.mode() == Mode.ADAPTIVE;
        if (reasons || isAsked) {
            ThinkingOfChat.addReasoning(request, losses);
        }
        if (wish.effort() != null && wish.effort() != Effort.NONE) {
            losses.add(Lost.EFFORT);
        }
    }

    private static void nameMoved(ReasoningOptions wish, Effort wanted, Effort taken, Losses losses) {
        boolean isFar = !Efforts.areNear(wanted, taken);
        if (isFar && wish.effort() != null) {
            losses.add(Lost.EFFORT);
        }
        if (wish.budgetTokens() != null && (isFar || wish.effort() != null)) {
            losses.add(Lost.BUDGET);
        }
    }
}
