package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a model must satisfy to serve a request: what the request uses, not what it might use. Stateless. */
public final class RequestNeeds {

    private RequestNeeds() {}

    /**
     * What this request needs. Takes a time proportional to its length.
     *
     * @param options the profile, the level of the data, and the caller's ceiling
     */
    public static Requirements of(ChatRequest request, RoutingOptions options) {
        return of(request, PromptEstimate.of(request), options);
    }

    /**
     * The same needs for when no model that thinks may serve the request: agents that speak Messages turn thinking on by the name of
     * the model, so that a model without it serves them all the same.
     *
     * @return null when thinking is not asked for, or not in that way alone
     */
    static @Nullable Requirements withoutThinking(Requirements needs, ChatRequest request, RoutingOptions options) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(needs.capabilities());
        boolean isNeeded = request.dialect() != Dialect.ANTHROPIC_MESSAGES
                || options.profile().required().contains(Capability.EXTENDED_THINKING);
        if (isNeeded || !capabilities.remove(Capability.EXTENDED_THINKING)) {
            return null;
        }
        return new Requirements(
                needs.classification(),
                needs.levelSource(),
                capabilities,
                needs.promptTokens(),
                needs.requestedOutputTokens(),
                needs.maxCost());
    }

    /** What this request needs, when its prompt is measured already. */
    static Requirements of(ChatRequest request, PromptEstimate prompt, RoutingOptions options) {
        return new Requirements(
                options.classification(),
                options.levelSource(),
                request.asksForVectors() ? Set.of(Capability.EMBEDDINGS) : ofChat(request, prompt, options),
                prompt.tokens(),
                request.maxOutputTokens(),
                options.maxCost());
    }

    private static Set<Capability> ofChat(ChatRequest request, PromptEstimate prompt, RoutingOptions options) {
        Set<Capability> used = EnumSet.noneOf(Capability.class);
        used.addAll(options.profile().required());
        if (!request.toolUse().tools().isEmpty()) {
            used.add(Capability.TOOL_USE);
        }
        if (prompt.hasImages()) {
            used.add(Capability.VISION);
        }
        if (isJson(request.outputFormat())) {
            used.add(Capability.JSON_MODE);
        }
        if (asksForThinking(request)) {
            used.add(Capability.EXTENDED_THINKING);
        }
        if (request.stream()) {
            used.add(Capability.STREAMING);
        }
        return used;
    }

    private static boolean isJson(OutputFormat format) {
        return switch (format) {
            case OutputFormat.FreeText ignored -> false;
            case OutputFormat.JsonObject ignored -> true;
            case OutputFormat.JsonSchema ignored -> true;
        };
    }

    /**
     * Whoever turns thinking on, or names a budget or the effort of Chat Completions, asks for it. Whoever leaves it to the
     * model ({@code adaptive}) does not, Anthropic's effort is about the whole answer, and agents that speak Responses send
     * one by the name of the model: current clients of both send them with every request.
     */
    private static boolean asksForThinking(ChatRequest request) {
        ReasoningOptions reasoning = ThinkingOfChat.wish(request);
        if (reasoning.mode() != null) {
            return switch (reasoning.mode()) {
                case ENABLED, BETWEEN_TOOLS -> true;
                case DISABLED, ADAPTIVE -> false;
            };
        }
        ReasoningOptions.Effort effort = reasoning.effort();
        boolean hasEffort = effort != null && effort != ReasoningOptions.Effort.NONE;
        boolean isSentAnyway =
                request.dialect() == Dialect.ANTHROPIC_MESSAGES || request.dialect() == Dialect.OPENAI_RESPONSES;
        return reasoning.budgetTokens() != null || (hasEffort && !isSentAnyway);
    }
}
