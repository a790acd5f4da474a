package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.JsonSchemaMode;
import dev.llmgateway.ir.codec.OpenAiEffort;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.OutputLimit;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingDisplay;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.codec.UntranslatableException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a request as one target takes them: what the model refuses, or the format has no member for, is left out and
 * named; what is too large is lowered; an effort that the model does not know becomes the nearest one it knows, which is named when
 * the model is told not to reason and does.
 *
 * @param samples whether the model takes what only some models do while they do not reason: sampling and probabilities
 * @param summary the value of {@code reasoning.summary} that the caller's own dialect asks for in other words, or null
 * @param schemaAsText true when the target cannot be held to the JSON Schema, so that it is asked for in words
 */
record TargetSettings(
        @Nullable Double temperature,
        @Nullable Double topP,
        boolean samples,
        @Nullable Integer maxOutputTokens,
        @Nullable Effort effort,
        @Nullable String summary,
        @Nullable ToolChoice toolChoice,
        boolean schemaAsText) {

    /** OpenAI refuses a smaller bound. */
    private static final int SMALLEST_BOUND = 16;

    static TargetSettings of(ChatRequest request, Target target, Losses losses) {
        ModelTraits traits = target.traits();
        ReasoningOptions wish = ThinkingOfChat.wish(request);
        ThinkingOfChat.nameUnread(request, losses);
        Effort effort = OpenAiEffort.taken(request, wish, traits.effortsOf(request.dialect()), losses);
        String summary = OpenAiEffort.thinks(wish, effort) ? summary(wish, losses) : null;
        Sampling asked = request.sampling();
        nameUnknown(asked, losses);
        boolean reasons = effort == null ? traits.reasonsByDefault() : effort != Effort.NONE;
        boolean samples = traits.acceptsSampling() || !reasons;
        Double temperature = losses.keep(asked.temperature(), samples, Lost.TEMPERATURE);
        boolean both = temperature == null || traits.acceptsTopPWithTemperature();
        boolean asText = request.outputFormat() instanceof OutputFormat.JsonSchema
                && traits.jsonSchema() != JsonSchemaMode.NATIVE;
        if (asText) {
            losses.add(Lost.SCHEMA);
        }
        return new TargetSettings(
                losses.atMost(temperature, traits.maxTemperature(), Lost.TEMPERATURE),
                losses.keep(asked.topP(), samples && both, Lost.TOP_P),
                samples,
                maxOutputTokens(request, traits, losses),
                effort,
                summary,
                OpenAiToolChoice.taken(request.toolUse().choice(), traits, losses),
                asText);
    }

    /** Reasoning is hidden unless asked for, as Anthropic's {@code omitted} has it. */
    private static @Nullable String summary(ReasoningOptions wish, Losses losses) {
        return switch (ThinkingDisplay.of(wish)) {
            case ThinkingDisplay.SUMMARIZED -> summarized(wish, losses);
            case ThinkingDisplay.OMITTED -> null;
            case null -> null;
            default -> {
                losses.add(Lost.DISPLAY);
                yield null;
            }
        };
    }

    /** OpenAI refuses summaries to organizations that it has not verified: only a caller who says so may lose his request for one. */
    private static @Nullable String summarized(ReasoningOptions wish, Losses losses) {
        if (wish.display() != null) {
            return "auto";
        }
        if (losses.caller() == Dialect.ANTHROPIC_MESSAGES) {
            losses.add(Lost.DISPLAY);
        }
        return null;
    }

    private static void nameUnknown(Sampling asked, Losses losses) {
        losses.keep(asked.topK(), false, Lost.TOP_K);
        losses.keep(asked.seed(), false, Lost.SEED);
        losses.keep(asked.frequencyPenalty(), false, Lost.FREQUENCY_PENALTY);
        losses.keep(asked.presencePenalty(), false, Lost.PRESENCE_PENALTY);
        if (!asked.stop().isEmpty()) {
            losses.add(Lost.STOP);
        }
    }

    /** A client of another dialect does not know the limits of this one; a client of this one is left its own figure. */
    private static @Nullable Integer maxOutputTokens(ChatRequest request, ModelTraits traits, Losses losses) {
        Integer wanted = request.maxOutputTokens();
        if (wanted == null || losses.isOwnCaller()) {
            return wanted;
        }
        if (wanted == 0) {
            throw new UntranslatableException(
                    "max_tokens", "0 warms a prompt cache at Anthropic; this model's provider knows no such request");
        }
        Integer most = traits.maxOutputTokens();
        int bounded = most == null ? wanted : Math.min(wanted, most);
        if (bounded < SMALLEST_BOUND) {
            OutputLimit.nameRaised(request, losses);
            return SMALLEST_BOUND;
        }
        return bounded;
    }
}
