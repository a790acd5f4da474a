package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.ReasoningOptions.Mode;
import dev.llmgateway.ir.Role;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ThinkingOff;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingDisplay;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a request's wish to think is put to a model.
 *
 * <p>An OpenAI effort asks for thinking; Anthropic's own {@code output_config.effort} alone does not. A model that takes
 * {@code adaptive} gets that with the effort, another one a budget (low 1024, medium 8192, high 24576 tokens), kept below
 * {@code max_tokens} with room for the answer. A budget cannot go with a forced tool, nor with a history whose last tool
 * call has no Anthropic thinking before it; then the call is worth more than the thinking, which is dropped and named.
 *
 * <p>A wish not to think is put in the model's own words, with an effort that goes with them; a model that always thinks is asked
 * for as little as it can, and the wish is named.
 *
 * @param type the value of {@code thinking.type}, or null for none
 * @param effort the value of {@code output_config.effort}, or null for none
 */
record ReasoningPlan(
        @Nullable String type,
        @Nullable Integer budget,
        @Nullable String display,
        @Nullable Effort effort,
        int maxTokens) {

    /** The answer's bound when neither the request nor the model's traits name one: every Claude model accepts it. */
    static final int DEFAULT_MAX_TOKENS = 4096;

    private static final String ENABLED = "enabled";
    private static final String DISABLED = "disabled";
    static final String ADAPTIVE = "adaptive";
    private static final String BETWEEN_TOOLS = "between_tools";

    /** Whether the model will think. */
    boolean thinks() {
        return type != null && !type.equals(DISABLED);
    }

    /** Whether what it thinks will be shown: with a budget it is unless told otherwise. */
    boolean showsThoughts() {
        return ThinkingDisplay.SUMMARIZED.equals(display) || (ENABLED.equals(type) && display == null);
    }

    /** Whether the request's {@code thinking} takes a word on what becomes of thinking that the model would refuse. */
    boolean mayBind() {
        return type == null || type.equals(ADAPTIVE) || type.equals(ENABLED);
    }

    static ReasoningPlan of(ChatRequest request, Target target, boolean forcedTool, Losses losses) {
        ModelTraits traits = target.traits();
        ReasoningOptions wish = ThinkingOfChat.wish(request);
        Mode mode = mode(wish, request.dialect());
        int maxTokens = maxTokens(request, traits);
        if (mode == Mode.DISABLED || mode == Mode.BETWEEN_TOOLS) {
            return off(request, wish, traits, maxTokens, losses);
        }
        String type = type(mode, wish, traits);
        Integer budget = null;
        boolean refused = mode != null && type == null;
        if (ENABLED.equals(type)) {
            int wanted = budget(wish);
            boolean unbounded = request.maxOutputTokens() == null && traits.maxOutputTokens() == null;
            maxTokens = unbounded ? wanted + DEFAULT_MAX_TOKENS : maxTokens;
            budget = fitting(wanted, maxTokens, unbounded || wish.budgetTokens() != null);
            refused = budget == null || forcedTool || lastToolTurnIsForeign(request, target);
        } else if (type != null && wish.budgetTokens() != null) {
            losses.add(Lost.BUDGET);
        }
        if (refused) {
            ThinkingOfChat.addReasoning(request, losses);
            return new ReasoningPlan(null, null, null, effort(wish, traits, true, losses), maxTokens);
        }
        return new ReasoningPlan(
                type, budget, display(request, wish, type), effort(wish, traits, type != null, losses), maxTokens);
    }

    private static ReasoningPlan off(
            ChatRequest request, ReasoningOptions wish, ModelTraits traits, int maxTokens, Losses losses) {
        String type = switch (traits.thinkingOff()) {
            case UNSAID, REFUSED -> null;
            case DISABLED -> DISABLED;
            case BETWEEN_TOOLS -> BETWEEN_TOOLS;
        };
        Effort effort = effort(wish, traits, false, losses);
        if (traits.thinkingOff() == ThinkingOff.REFUSED) {
            ThinkingOfChat.addReasoning(request, losses);
            effort = effort == null ? Efforts.nearest(Effort.NONE, traits.efforts()) : effort;
        } else if (type != null && effort != null && traits.thinking() == ModelTraits.Thinking.ADAPTIVE) {
            // Models that think by default refuse more effort than that together with no thinking.
            effort = nearest(Collections.min(List.of(effort, Effort.HIGH)), traits.efforts());
            nameMoved(wish.effort(), effort, losses);
        }
        String display = BETWEEN_TOOLS.equals(type) ? wish.display() : null;
        return new ReasoningPlan(type, null, display, effort, maxTokens);
    }

    /** The newest models, which adapt, show nothing unless asked. */
    private static @Nullable String display(ChatRequest request, ReasoningOptions wish, @Nullable String type) {
        if (!ADAPTIVE.equals(type)) {
            return wish.display();
        }
        boolean summary = request.extras().member(Dialect.OPENAI_RESPONSES, ResponsesMembers.SUMMARY) != null;
        return summary && wish.display() == null ? ThinkingDisplay.SUMMARIZED : ThinkingDisplay.of(wish);
    }

    private static @Nullable Mode mode(ReasoningOptions wish, @Nullable Dialect caller) {
        Effort effort = wish.effort();
        if (wish.mode() != null || effort == null || caller == Dialect.ANTHROPIC_MESSAGES) {
            return wish.mode();
        }
        return effort == Effort.NONE ? Mode.DISABLED : Mode.ENABLED;
    }

    private static @Nullable String type(@Nullable Mode mode, ReasoningOptions wish, ModelTraits traits) {
        if (mode == null) {
            return null;
        }
        ModelTraits.Thinking takes = traits.thinking();
        boolean budgets = takes == ModelTraits.Thinking.BUDGET || takes == ModelTraits.Thinking.BUDGET_OR_ADAPTIVE;
        boolean adapts = takes == ModelTraits.Thinking.ADAPTIVE || takes == ModelTraits.Thinking.BUDGET_OR_ADAPTIVE;
        return switch (mode) {
            case DISABLED, BETWEEN_TOOLS -> null;
            case ADAPTIVE -> adapts ? ADAPTIVE : budgets ? ENABLED : null;
            case ENABLED -> budgets && (wish.budgetTokens() != null || !adapts) ? ENABLED : adapts ? ADAPTIVE : null;
        };
    }

    private static int maxTokens(ChatRequest request, ModelTraits traits) {
        Integer asked = request.maxOutputTokens();
        Integer most = traits.maxOutputTokens();
        if (asked == null) {
            return most == null ? DEFAULT_MAX_TOKENS : most;
        }
        return most == null ? asked : Math.min(asked, most);
    }

    private static int budget(ReasoningOptions wish) {
        if (wish.budgetTokens() != null) {
            return wish.budgetTokens();
        }
        return Efforts.budget(wish.effort() == null ? Effort.MEDIUM : wish.effort());
    }

    /** The budget that fits, or null. Unless it was {@code exact}, it leaves a quarter of the bound to the answer. */
    private static @Nullable Integer fitting(int wanted, int maxTokens, boolean exact) {
        if (maxTokens <= Efforts.SMALLEST_BUDGET) {
            return null;
        }
        int most = exact ? maxTokens - 1 : Math.max(Efforts.SMALLEST_BUDGET, maxTokens / 4 * 3);
        return Math.max(Efforts.SMALLEST_BUDGET, Math.min(wanted, most));
    }

    /** With a budget, an assistant turn whose tool results are being answered must start with its thinking block. */
    private static boolean lastToolTurnIsForeign(ChatRequest request, Target target) {
        List<Message> messages = request.messages();
        for (int i = messages.size() - 1; i >= 0; i--) {
            Message message = messages.get(i);
            if (message.role() == Role.ASSISTANT && message.content().stream().anyMatch(ReasoningPlan::says)) {
                boolean calls = message.content().stream().anyMatch(Content.ToolCall.class::isInstance);
                return calls && !startsWithThinking(message, target, request.dialect());
            }
        }
        return false;
    }

    /** The model is not sent a message of thoughts alone. */
    private static boolean says(Content part) {
        return !(part instanceof Content.Reasoning)
                && !(part instanceof Content.Text text && text.text().isBlank());
    }

    private static boolean startsWithThinking(Message message, Target target, @Nullable Dialect caller) {
        return message.content().getFirst() instanceof Content.Reasoning reasoning
                && Seals.mayGo(reasoning, target, caller);
    }

    private static @Nullable Effort effort(
            ReasoningOptions wish, ModelTraits traits, boolean saidOtherwise, Losses losses) {
        Effort effort = wish.effort();
        if (effort == null || effort == Effort.NONE) {
            return null;
        }
        if (traits.efforts().isEmpty()) {
            if (!saidOtherwise) {
                losses.add(Lost.EFFORT);
            }
            return null;
        }
        Effort taken = nearest(effort, traits.efforts());
        nameMoved(effort, taken, losses);
        return taken;
    }

    private static void nameMoved(@Nullable Effort wanted, Effort taken, Losses losses) {
        if (wanted != null && !Efforts.areNear(wanted, taken)) {
            losses.add(Lost.EFFORT);
        }
    }

    /** The effort itself, or the next lower one that is accepted, or else the lowest. */
    private static Effort nearest(Effort wanted, Set<Effort> accepted) {
        Effort best = null;
        for (Effort effort : Effort.values()) {
            if (accepted.contains(effort) && (best == null || effort.compareTo(wanted) <= 0)) {
                best = effort;
            }
        }
        return best == null ? wanted : best;
    }
}
