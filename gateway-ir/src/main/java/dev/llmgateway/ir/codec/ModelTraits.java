package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions.Effort;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one upstream model accepts, as far as translation needs to know. Immutable. {@link #openAi()} and {@link
 * #anthropic()} give what the vendor's current models have in common; providers refine them per model.
 */
public final class ModelTraits {

    /** The member that bounds the answer. */
    public enum MaxTokensField {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }

    /** The role that carries instructions. */
    public enum InstructionRole {
        SYSTEM,
        DEVELOPER,
        /** The model takes neither: instructions go into the first user turn. */
        USER
    }

    /** How thinking is asked for at Anthropic. */
    public enum Thinking {
        NONE,
        /** {@code enabled} with a token budget. */
        BUDGET,
        /** {@code adaptive} with an effort; budgets are refused. */
        ADAPTIVE,
        /** Both are accepted. */
        BUDGET_OR_ADAPTIVE
    }

    /** How a model of Anthropic is told not to think. */
    public enum ThinkingOff {
        /** It does not think unless asked, and nothing need be said. */
        UNSAID,
        /** {@code disabled}. */
        DISABLED,
        /** {@code between_tools}, the least that it takes: no thoughts but short notes between tool calls. */
        BETWEEN_TOOLS,
        /** Not at all: it always thinks. */
        REFUSED
    }

    /** Whether Chat Completions takes function tools while the model reasons. */
    public enum ToolsWithReasoning {
        ACCEPTED,
        /** Refused when an effort is asked for; what the model does by itself is accepted. */
        REFUSED_WITH_EFFORT,
        /** Refused unless the effort is {@code none}. */
        REFUSED
    }

    /** How an answer is held to a JSON Schema. */
    public enum JsonSchemaMode {
        NATIVE,
        /** In Messages by a forced tool call whose arguments are the answer; in Chat Completions as {@link #NONE}. */
        TOOL,
        /** Not at all: the schema is told to the model in words, with {@code json_object} where the dialect has it. */
        NONE
    }

    /** When an answer in Chat Completions or Responses must match the JSON Schema that the model takes with {@link JsonSchemaMode#NATIVE}. */
    public enum SchemaEnforcement {
        /** Whatever is said of {@code strict}: servers that decode by grammar. */
        ALWAYS,
        /** With {@code strict}, which takes some schemas only. */
        WHEN_STRICT,
        /** Never, or nobody knows when: the model does its best. */
        NEVER
    }

    /** Where readable reasoning stands in a Chat Completions message. */
    public enum ReasoningField {
        NONE,
        REASONING_CONTENT,
        REASONING
    }

    private static final int MOST_STOPS_AT_OPENAI = 4;
    private static final Set<Effort> ONLY_NONE = Set.of(Effort.NONE);

    private final Builder values;

    private ModelTraits(Builder values) {
        this.values = new Builder(values);
    }

    /** What OpenAI's own chat models have in common. */
    public static ModelTraits openAi() {
        return new Builder().build();
    }

    /** What Anthropic's models have in common. */
    public static ModelTraits anthropic() {
        return new Builder()
                .maxTokensField(MaxTokensField.MAX_TOKENS)
                .maxTemperature(1.0)
                .acceptsTopPWithTemperature(false)
                .thinking(Thinking.BUDGET)
                .thinkingOff(ThinkingOff.DISABLED)
                .build();
    }

    /** A builder that starts from these traits. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The largest answer in tokens, or null when unknown. */
    public @Nullable Integer maxOutputTokens() {
        return values.maxOutputTokens;
    }

    /** Whether temperature, top_p and top_k are accepted at all; if not, OpenAI's models still take them while not reasoning. */
    public boolean acceptsSampling() {
        return values.acceptsSampling;
    }

    /** Whether temperature and top_p may be given together. */
    public boolean acceptsTopPWithTemperature() {
        return values.acceptsTopPWithTemperature;
    }

    /** Whether {@code top_k} is accepted in Chat Completions (vLLM, Ollama). */
    public boolean acceptsTopK() {
        return values.acceptsTopK;
    }

    /** The largest temperature; a larger one is lowered to it. */
    public double maxTemperature() {
        return values.maxTemperature;
    }

    public Thinking thinking() {
        return values.thinking;
    }

    /**
     * Whether thinking of the conversation that has no signature is accepted in Anthropic's format. Anthropic refuses the whole
     * request; others who speak its format may give no signatures, and some want their thinking back all the same.
     */
    public boolean acceptsUnsignedThinking() {
        return values.acceptsUnsignedThinking;
    }

    /**
     * Whether thinking that comes back is refused when anything before it is not what it was when the model thought it, at
     * Anthropic. Such a model can be told to leave that thinking out instead.
     */
    public boolean bindsThinking() {
        return values.bindsThinking;
    }

    /** How the model is told not to think, at Anthropic. */
    public ThinkingOff thinkingOff() {
        return values.thinkingOff;
    }

    /**
     * Accepted efforts; empty means that the model takes none, {@code NONE} alone that it can be told not to reason, but not how
     * hard.
     */
    public Set<Effort> efforts() {
        return values.efforts;
    }

    /**
     * The efforts that go to the model when such a caller names one. Agents that speak Messages or Responses send a wish to think
     * with every request, whatever the model; a model that {@linkplain #mayNotReason() may not reason} is spared it, but is told not
     * to reason where it takes that.
     */
    public Set<Effort> effortsOf(@Nullable Dialect caller) {
        boolean isSentAnyway = caller == Dialect.ANTHROPIC_MESSAGES || caller == Dialect.OPENAI_RESPONSES;
        if (!values.mayNotReason || !isSentAnyway) {
            return values.efforts;
        }
        return values.efforts.contains(Effort.NONE) ? ONLY_NONE : Set.of();
    }

    /** As {@link #effortsOf}, but what of them Chat Completions takes. */
    public Set<Effort> chatEffortsOf(@Nullable Dialect caller) {
        Set<Effort> efforts = effortsOf(caller);
        if (values.acceptsMaxInChat || !efforts.contains(Effort.MAX)) {
            return efforts;
        }
        Set<Effort> lesser = EnumSet.copyOf(efforts);
        lesser.remove(Effort.MAX);
        return lesser;
    }

    /** Whether nobody knows if the model reasons, and its server refuses an effort where it does not. */
    public boolean mayNotReason() {
        return values.mayNotReason;
    }

    /** Whether a tool may be forced. */
    public boolean acceptsForcedTool() {
        return values.acceptsForcedTool;
    }

    /** Whether Chat Completions serves the model; if not, the Responses API alone does. */
    public boolean acceptsChat() {
        return values.acceptsChat;
    }

    /** Whether Chat Completions takes function tools while the model reasons. */
    public ToolsWithReasoning toolsWithReasoning() {
        return values.toolsWithReasoning;
    }

    /** Whether the model reasons when no effort is asked for. Models that do refuse sampling then. */
    public boolean reasonsByDefault() {
        return values.reasonsByDefault;
    }

    public MaxTokensField maxTokensField() {
        return values.maxTokensField;
    }

    public InstructionRole instructionRole() {
        return values.instructionRole;
    }

    /** Whether instructions may stand behind the first user turn. */
    public boolean acceptsMidInstructions() {
        return values.acceptsMidInstructions;
    }

    /** Whether a conversation may end with what the assistant said, so that the answer goes on with it. */
    public boolean acceptsPrefill() {
        return values.acceptsPrefill;
    }

    /** How many stop texts are accepted of callers of other formats, where there is a limit. */
    public int mostStops() {
        return values.mostStops;
    }

    /** The tiers of service that the vendor has, if it has its own; empty when whatever the caller asks for goes there. */
    public Set<String> serviceTiers() {
        return values.serviceTiers;
    }

    /** Whether stop texts are accepted. */
    public boolean acceptsStop() {
        return values.acceptsStop;
    }

    /** Whether the provider fetches image URLs itself. */
    public boolean acceptsImageUrls() {
        return values.acceptsImageUrls;
    }

    public JsonSchemaMode jsonSchema() {
        return values.jsonSchema;
    }

    public SchemaEnforcement schemaEnforcement() {
        return values.schemaEnforcement;
    }

    /** Whether an answer can be held to JSON, with or without a schema, while there are tools. */
    public boolean acceptsJsonBesideTools() {
        return values.acceptsJsonBesideTools;
    }

    /** Where the model's readable reasoning stands. */
    public ReasoningField reasoningField() {
        return values.reasoningField;
    }

    /** Whether what the model thinks is shown in Chat Completions, where nobody can ask for it or against it. */
    public boolean showsReasoning() {
        return values.reasoningField != ReasoningField.NONE;
    }

    /** Whether {@code stream_options} is accepted. */
    public boolean acceptsStreamOptions() {
        return values.acceptsStreamOptions;
    }

    /** Whether the vendor is OpenAI or a close copy, so that its less common members may be sent. */
    public boolean acceptsOpenAiExtras() {
        return values.acceptsOpenAiExtras;
    }

    /**
     * Whether the server passes over members that it does not know, as those do that many programs share; vendors refuse
     * them. Members that other vendors have made their own for this format may be sent there.
     */
    public boolean acceptsUnknownMembers() {
        return values.acceptsUnknownMembers;
    }

    /**
     * Whether the model takes {@code prompt_cache_breakpoint}, so that marks of other dialects can be carried over. A caller of
     * OpenAI's dialects that sends one is believed to know.
     */
    public boolean acceptsCacheBreakpoints() {
        return values.acceptsCacheBreakpoints;
    }

    /**
     * Google's compatible endpoint: thoughts in {@code <thought>} tags, signatures in {@code extra_content}, completion
     * tokens without reasoning.
     */
    public boolean isGoogleCompatible() {
        return values.googleCompatible;
    }

    /**
     * Whether Google refuses a tool call of the current turn that comes back without its thought signature, as it does from
     * Gemini 3 on.
     */
    public boolean needsCallSignatures() {
        return values.needsCallSignatures;
    }

    /**
     * Whether a request is refused that has this member, which others of the vendor's or of the format's models take.
     *
     * @param member its name in Chat Completions
     */
    public boolean refuses(String member) {
        return values.refused.contains(member);
    }

    /** Collects traits. Not thread safe. */
    public static final class Builder {
        private @Nullable Integer maxOutputTokens;
        private boolean acceptsSampling = true;
        private boolean acceptsTopPWithTemperature = true;
        private boolean acceptsTopK;
        private double maxTemperature = 2.0;
        private Thinking thinking = Thinking.NONE;
        private boolean acceptsUnsignedThinking;
        private boolean bindsThinking;
        private ThinkingOff thinkingOff = ThinkingOff.UNSAID;
        private Set<Effort> efforts = Set.of();
        private boolean mayNotReason;
        private boolean acceptsForcedTool = true;
        private boolean acceptsChat = true;
        private ToolsWithReasoning toolsWithReasoning = ToolsWithReasoning.ACCEPTED;
        private boolean reasonsByDefault = true;
        private boolean acceptsMaxInChat = true;
        private MaxTokensField maxTokensField = MaxTokensField.MAX_COMPLETION_TOKENS;
        private InstructionRole instructionRole = InstructionRole.SYSTEM;
        private boolean acceptsMidInstructions = true;
        private boolean acceptsPrefill = true;
        private boolean acceptsStop = true;
        private int mostStops = MOST_STOPS_AT_OPENAI;
        private Set<String> serviceTiers = Set.of();
        private boolean acceptsImageUrls = true;
        private JsonSchemaMode jsonSchema = JsonSchemaMode.NATIVE;
        private SchemaEnforcement schemaEnforcement = SchemaEnforcement.WHEN_STRICT;
        private boolean acceptsJsonBesideTools = true;
        private ReasoningField reasoningField = ReasoningField.NONE;
        private boolean acceptsStreamOptions = true;
        private boolean acceptsOpenAiExtras = true;
        private boolean acceptsUnknownMembers;
        private boolean acceptsCacheBreakpoints;
        private boolean googleCompatible;
        private boolean needsCallSignatures;
        private Set<String> refused = Set.of();

        private Builder() {}

        private Builder(Builder from) {
            maxOutputTokens = from.maxOutputTokens;
            acceptsSampling = from.acceptsSampling;
            acceptsTopPWithTemperature = from.acceptsTopPWithTemperature;
            acceptsTopK = from.acceptsTopK;
            maxTemperature = from.maxTemperature;
            thinking = from.thinking;
            acceptsUnsignedThinking = from.acceptsUnsignedThinking;
            bindsThinking = from.bindsThinking;
            thinkingOff = from.thinkingOff;
            efforts = from.efforts;
            mayNotReason = from.mayNotReason;
            acceptsForcedTool = from.acceptsForcedTool;
            acceptsChat = from.acceptsChat;
            toolsWithReasoning = from.toolsWithReasoning;
            reasonsByDefault = from.reasonsByDefault;
            acceptsMaxInChat = from.acceptsMaxInChat;
            maxTokensField = from.maxTokensField;
            instructionRole = from.instructionRole;
            acceptsMidInstructions = from.acceptsMidInstructions;
            acceptsPrefill = from.acceptsPrefill;
            acceptsStop = from.acceptsStop;
            mostStops = from.mostStops;
            serviceTiers = from.serviceTiers;
            acceptsImageUrls = from.acceptsImageUrls;
            jsonSchema = from.jsonSchema;
            schemaEnforcement = from.schemaEnforcement;
            acceptsJsonBesideTools = from.acceptsJsonBesideTools;
            reasoningField = from.reasoningField;
            acceptsStreamOptions = from.acceptsStreamOptions;
            acceptsOpenAiExtras = from.acceptsOpenAiExtras;
            acceptsUnknownMembers = from.acceptsUnknownMembers;
            acceptsCacheBreakpoints = from.acceptsCacheBreakpoints;
            googleCompatible = from.googleCompatible;
            needsCallSignatures = from.needsCallSignatures;
            refused = from.refused;
        }

        public Builder maxOutputTokens(@Nullable Integer value) {
            this.maxOutputTokens = value;
            return this;
        }

        public Builder acceptsSampling(boolean value) {
            this.acceptsSampling = value;
            return this;
        }

        public Builder acceptsTopPWithTemperature(boolean value) {
            this.acceptsTopPWithTemperature = value;
            return this;
        }

        public Builder acceptsTopK(boolean value) {
            this.acceptsTopK = value;
            return this;
        }

        public Builder maxTemperature(double value) {
            this.maxTemperature = value;
            return this;
        }

        public Builder thinking(Thinking value) {
            this.thinking = value;
            return this;
        }

        public Builder acceptsUnsignedThinking(boolean value) {
            this.acceptsUnsignedThinking = value;
            return this;
        }

        public Builder bindsThinking(boolean value) {
            this.bindsThinking = value;
            return this;
        }

        public Builder thinkingOff(ThinkingOff value) {
            this.thinkingOff = value;
            return this;
        }

        public Builder efforts(Set<Effort> value) {
            this.efforts = value.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(value));
            return this;
        }

        public Builder mayNotReason(boolean value) {
            this.mayNotReason = value;
            return this;
        }

        public Builder acceptsForcedTool(boolean value) {
            this.acceptsForcedTool = value;
            return this;
        }

        public Builder acceptsChat(boolean value) {
            this.acceptsChat = value;
            return this;
        }

        public Builder toolsWithReasoning(ToolsWithReasoning value) {
            this.toolsWithReasoning = value;
            return this;
        }

        /** Whether Chat Completions takes the effort {@code max} of a model that has it; some have it in Responses alone. */
        public Builder acceptsMaxInChat(boolean value) {
            this.acceptsMaxInChat = value;
            return this;
        }

        public Builder reasonsByDefault(boolean value) {
            this.reasonsByDefault = value;
            return this;
        }

        public Builder maxTokensField(MaxTokensField value) {
            this.maxTokensField = value;
            return this;
        }

        public Builder instructionRole(InstructionRole value) {
            this.instructionRole = value;
            return this;
        }

        public Builder acceptsMidInstructions(boolean value) {
            this.acceptsMidInstructions = value;
            return this;
        }

        public Builder acceptsPrefill(boolean value) {
            this.acceptsPrefill = value;
            return this;
        }

        public Builder acceptsStop(boolean value) {
            this.acceptsStop = value;
            return this;
        }

        public Builder mostStops(int value) {
            this.mostStops = value;
            return this;
        }

        /** See {@link ModelTraits#serviceTiers}. */
        public Builder serviceTiers(Set<String> value) {
            this.serviceTiers = Set.copyOf(value);
            return this;
        }

        public Builder acceptsImageUrls(boolean value) {
            this.acceptsImageUrls = value;
            return this;
        }

        public Builder jsonSchema(JsonSchemaMode value) {
            this.jsonSchema = value;
            return this;
        }

        public Builder schemaEnforcement(SchemaEnforcement when) {
            schemaEnforcement = when;
            return this;
        }

        public Builder acceptsJsonBesideTools(boolean value) {
            this.acceptsJsonBesideTools = value;
            return this;
        }

        public Builder reasoningField(ReasoningField value) {
            this.reasoningField = value;
            return this;
        }

        public Builder acceptsStreamOptions(boolean value) {
            this.acceptsStreamOptions = value;
            return this;
        }

        public Builder acceptsOpenAiExtras(boolean value) {
            this.acceptsOpenAiExtras = value;
            return this;
        }

        public Builder acceptsUnknownMembers(boolean value) {
            this.acceptsUnknownMembers = value;
            return this;
        }

        public Builder acceptsCacheBreakpoints(boolean value) {
            this.acceptsCacheBreakpoints = value;
            return this;
        }

        public Builder googleCompatible(boolean value) {
            this.googleCompatible = value;
            return this;
        }

        public Builder needsCallSignatures(boolean value) {
            this.needsCallSignatures = value;
            return this;
        }

        /** See {@link ModelTraits#refuses}. */
        public Builder refused(Set<String> members) {
            this.refused = Set.copyOf(members);
            return this;
        }

        public ModelTraits build() {
            return new ModelTraits(this);
        }
    }
}
