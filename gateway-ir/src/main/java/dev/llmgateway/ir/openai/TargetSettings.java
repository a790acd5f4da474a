package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OutputFormat;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolChoice.Mode;
import dev.llmgateway.ir.codec.Efforts;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.ToolsWithReasoning;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.UntranslatableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a request as one target takes them: what the model refuses is left out and named, what is too large is
 * lowered, an effort it does not know becomes the nearest one it knows.
 *
 * @param schemaAsText true when the target cannot be held to the JSON Schema, so that it is asked for in words
 */
record TargetSettings(
        Sampling sampling,
        @Nullable Integer maxOutputTokens,
        @Nullable Effort effort,
        @Nullable ToolChoice toolChoice,
        OutputFormat outputFormat,
        boolean schemaAsText) {

    private static final int MOST_STOPS = 4;

    static TargetSettings of(ChatRequest request, Target target, Dropped dropped) {
        ModelTraits traits = target.traits();
        Effort effort = effort(request, traits, dropped);
        boolean schemaAsText = request.outputFormat() instanceof OutputFormat.JsonSchema
                && traits.jsonSchema() != ModelTraits.JsonSchemaMode.NATIVE;
        if (schemaAsText) {
            dropped.add("response_format.json_schema", "output_config.format");
        }
        return new TargetSettings(
                sampling(withFewerStops(request, traits, dropped), effort, traits, dropped),
                maxOutputTokens(request, traits),
                effort,
                toolChoice(request, traits, dropped),
                schemaAsText ? new OutputFormat.JsonObject() : request.outputFormat(),
                schemaAsText);
    }

    private static @Nullable Effort effort(ChatRequest request, ModelTraits traits, Dropped dropped) {
        Effort wanted = Efforts.wanted(request.reasoning());
        nameUnsaid(request.reasoning(), traits, dropped);
        String anthropicName = request.reasoning().effort() == null ? "thinking" : "output_config.effort";
        if (!request.toolUse().tools().isEmpty()
                && traits.toolsWithReasoning() != ToolsWithReasoning.ACCEPTED
                && wanted != Effort.NONE) {
            if (wanted != null) {
                dropped.add("reasoning_effort", anthropicName);
            }
            boolean none = traits.toolsWithReasoning() == ToolsWithReasoning.REFUSED
                    && traits.efforts().contains(Effort.NONE);
            return none ? Effort.NONE : null;
        }
        Effort nearest = wanted == null ? null : Efforts.nearest(wanted, traits.efforts());
        if (wanted != null && nearest == null && wanted != Effort.NONE) {
            dropped.add("reasoning_effort", anthropicName);
        }
        return nearest;
    }

    /** What of Anthropic's members an effort cannot say, or this model takes no effort to say it with. */
    private static void nameUnsaid(ReasoningOptions wish, ModelTraits traits, Dropped dropped) {
        if (wish.display() != null) {
            dropped.add("thinking.display");
        }
        if (wish.effort() != null && wish.budgetTokens() != null) {
            dropped.add("thinking.budget_tokens");
        }
        boolean thinks = wish.mode() != null && wish.mode() != ReasoningOptions.Mode.DISABLED;
        if (thinks && (wish.effort() != null || traits.efforts().isEmpty())) {
            dropped.add("thinking");
        }
    }

    private static Sampling sampling(Sampling wanted, @Nullable Effort effort, ModelTraits traits, Dropped dropped) {
        boolean reasons = effort == null ? traits.reasonsByDefault() : effort != Effort.NONE;
        boolean accepts = traits.acceptsSampling() || !reasons;
        Double temperature = keep(wanted.temperature(), accepts, "temperature", dropped);
        Double topP = keep(
                wanted.topP(),
                accepts && (temperature == null || traits.acceptsTopPWithTemperature()),
                "top_p",
                dropped);
        List<String> stop = wanted.stop();
        if (!stop.isEmpty() && !traits.acceptsStop()) {
            dropped.add("stop", "stop_sequences");
            stop = List.of();
        }
        return new Sampling(
                temperature == null ? null : Double.valueOf(Math.min(temperature, traits.maxTemperature())),
                topP,
                keep(wanted.topK(), accepts && traits.acceptsTopK(), "top_k", dropped),
                wanted.seed(),
                keep(wanted.frequencyPenalty(), accepts, "frequency_penalty", dropped),
                keep(wanted.presencePenalty(), accepts, "presence_penalty", dropped),
                stop);
    }

    /** OpenAI refuses more stop texts than four; its own clients learn that from it, others have no such limit. */
    private static Sampling withFewerStops(ChatRequest request, ModelTraits traits, Dropped dropped) {
        Sampling asked = request.sampling();
        boolean fits = asked.stop().size() <= MOST_STOPS || !traits.acceptsOpenAiExtras();
        if (fits || request.dialect() == OPENAI_CHAT) {
            return asked;
        }
        dropped.add("stop", "stop_sequences");
        return new Sampling(
                asked.temperature(),
                asked.topP(),
                asked.topK(),
                asked.seed(),
                asked.frequencyPenalty(),
                asked.presencePenalty(),
                asked.stop().subList(0, MOST_STOPS));
    }

    private static <T> @Nullable T keep(@Nullable T value, boolean accepted, String name, Dropped dropped) {
        if (value == null || accepted) {
            return value;
        }
        dropped.add(name);
        return null;
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

    private static @Nullable ToolChoice toolChoice(ChatRequest request, ModelTraits traits, Dropped dropped) {
        ToolChoice choice = request.toolUse().choice();
        if (choice == null || traits.acceptsForcedTool()) {
            return choice;
        }
        return switch (choice.mode()) {
            case AUTO, NONE, ALLOWED_AUTO -> choice;
            case REQUIRED, NAMED -> {
                dropped.add("tool_choice");
                yield null;
            }
            case ALLOWED_REQUIRED -> {
                dropped.add("tool_choice");
                yield new ToolChoice(Mode.ALLOWED_AUTO, choice.names());
            }
        };
    }
}
