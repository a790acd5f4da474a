package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.Losses;
import dev.llmgateway.ir.codec.Lost;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ToolsWithReasoning;
import dev.llmgateway.ir.codec.OpenAiEffort;
import dev.llmgateway.ir.codec.OpenAiToolChoice;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.ThinkingDisplay;
import dev.llmgateway.ir.codec.ThinkingOfChat;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a request as one target takes them: what the model refuses is left out and named, what is too large is
 * lowered, an effort it does not know becomes the nearest one it knows; that a model reasons which was told not to is named.
 *
 * @param samples whether the model takes what only some models do while they do not reason: sampling and probabilities
 * @param formatInWords true when the target cannot be held to the JSON, or to its schema, so that it is asked for in words
 */
record TargetSettings(
        Sampling sampling,
        boolean samples,
        @Nullable Integer maxOutputTokens,
        @Nullable Effort effort,
        @Nullable ToolChoice toolChoice,
        OutputFormat outputFormat,
        boolean formatInWords) {

    static TargetSettings of(ChatRequest request, Target target, Losses losses) {
        ModelTraits traits = target.traits();
        Effort effort = effort(request, traits, losses);
        OutputFormat format = outputFormat(request, traits);
        boolean formatInWords = !format.equals(request.outputFormat());
        if (formatInWords) {
            losses.add(request.outputFormat() instanceof OutputFormat.JsonSchema ? Lost.SCHEMA : Lost.JSON);
        }
        boolean reasons = effort == null ? traits.reasonsByDefault() : effort != Effort.NONE;
        boolean samples = traits.acceptsSampling() || !reasons;
        return new TargetSettings(
                sampling(withFewerStops(request, traits, losses), samples, traits, losses),
                samples,
                maxOutputTokens(request, traits),
                effort,
                OpenAiToolChoice.taken(request.toolUse().choice(), traits, losses),
                format,
                formatInWords);
    }

    /** The format as far as the target can be held to it. */
    private static OutputFormat outputFormat(ChatRequest request, ModelTraits traits) {
        OutputFormat asked = request.outputFormat();
        if (!request.toolUse().tools().isEmpty() && !traits.acceptsJsonBesideTools()) {
            return OutputFormat.TEXT;
        }
        return switch (asked) {
            case OutputFormat.FreeText text -> text;
            case OutputFormat.JsonObject json -> json;
            case OutputFormat.JsonSchema schema ->
                traits.jsonSchema() == ModelTraits.JsonSchemaMode.NATIVE ? schema : new OutputFormat.JsonObject();
        };
    }

    private static @Nullable Effort effort(ChatRequest request, ModelTraits traits, Losses losses) {
        ReasoningOptions wish = request.reasoning();
        if (!traits.acceptsUnknownMembers()) {
            wish = ThinkingOfChat.wish(request);
            ThinkingOfChat.nameUnread(request, losses);
        }
        Set<Effort> efforts = traits.chatEffortsOf(request.dialect());
        Effort wanted = Efforts.wanted(wish);
        if (!request.toolUse().tools().isEmpty()
                && traits.toolsWithReasoning() != ToolsWithReasoning.ACCEPTED
                && wanted != Effort.NONE) {
            if (wanted != null) {
                OpenAiEffort.nameLost(request, wish, losses);
            }
            boolean none = traits.toolsWithReasoning() == ToolsWithReasoning.REFUSED && efforts.contains(Effort.NONE);
            return none ? Effort.NONE : null;
        }
        Effort taken = OpenAiEffort.taken(request, wish, efforts, losses);
        if (OpenAiEffort.thinks(wish, taken)) {
            nameDisplay(wish, traits, losses);
        }
        return taken;
    }

    /** Thoughts are shown by all who have a member for them, and by nobody else: nothing can be said about it. */
    private static void nameDisplay(ReasoningOptions wish, ModelTraits traits, Losses losses) {
        String display = ThinkingDisplay.of(wish);
        String happens = traits.showsReasoning() ? ThinkingDisplay.SUMMARIZED : ThinkingDisplay.OMITTED;
        if (display != null && !display.equals(happens)) {
            losses.add(Lost.DISPLAY);
        }
    }

    private static Sampling sampling(Sampling wanted, boolean accepts, ModelTraits traits, Losses losses) {
        Double temperature = losses.keep(wanted.temperature(), accepts, Lost.TEMPERATURE);
        Double topP = losses.keep(
                wanted.topP(), accepts && (temperature == null || traits.acceptsTopPWithTemperature()), Lost.TOP_P);
        List<String> stop = wanted.stop();
        if (!stop.isEmpty() && !traits.acceptsStop()) {
            losses.add(Lost.STOP);
            stop = List.of();
        }
        return new Sampling(
                losses.atMost(temperature, traits.maxTemperature(), Lost.TEMPERATURE),
                topP,
                losses.keep(wanted.topK(), accepts && traits.acceptsTopK(), Lost.TOP_K),
                wanted.seed(),
                losses.keep(wanted.frequencyPenalty(), accepts, Lost.FREQUENCY_PENALTY),
                losses.keep(wanted.presencePenalty(), accepts, Lost.PRESENCE_PENALTY),
                stop);
    }

    /** OpenAI and others refuse more stop texts than a few; clients of this format learn that from them, Anthropic's know no limit. */
    private static Sampling withFewerStops(ChatRequest request, ModelTraits traits, Losses losses) {
        Sampling asked = request.sampling();
        if (asked.stop().size() <= traits.mostStops() || request.dialect() == OPENAI_CHAT) {
            return asked;
        }
        losses.add(Lost.STOP);
        return new Sampling(
                asked.temperature(),
                asked.topP(),
                asked.topK(),
                asked.seed(),
                asked.frequencyPenalty(),
                asked.presencePenalty(),
                asked.stop().subList(0, traits.mostStops()));
    }

    /**
     * A client of another dialect may ask for more than this model can give (Anthropic makes the member mandatory); a
     * client of this one is left its own figure.
     */
    private static @Nullable Integer maxOutputTokens(ChatRequest request, ModelTraits traits) {
        Integer wanted = request.maxOutputTokens();
        if (wanted == null) {
            return null;
        }
        if (wanted == 0) {
            throw new UntranslatableException(
                    "max_tokens", "0 warms a prompt cache at Anthropic; this model's provider knows no such request");
        }
        Integer most = traits.maxOutputTokens();
        boolean foreign = request.dialect() != OPENAI_CHAT;
        return foreign && most != null ? Integer.valueOf(Math.min(wanted, most)) : wanted;
    }
}
