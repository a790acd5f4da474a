package dev.llmgateway.providers;

import static dev.llmgateway.ir.ReasoningOptions.Effort.HIGH;
import static dev.llmgateway.ir.ReasoningOptions.Effort.LOW;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MAX;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MEDIUM;
import static dev.llmgateway.ir.ReasoningOptions.Effort.MINIMAL;
import static dev.llmgateway.ir.ReasoningOptions.Effort.NONE;
import static dev.llmgateway.ir.ReasoningOptions.Effort.XHIGH;

import dev.llmgateway.ir.ReasoningOptions.Effort;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ModelTraits.InstructionRole;
import dev.llmgateway.ir.codec.ModelTraits.JsonSchemaMode;
import dev.llmgateway.ir.codec.ModelTraits.MaxTokensField;
import dev.llmgateway.ir.codec.ModelTraits.ReasoningField;
import dev.llmgateway.ir.codec.ModelTraits.SchemaEnforcement;
import dev.llmgateway.ir.codec.ModelTraits.Thinking;
import dev.llmgateway.ir.codec.ModelTraits.ThinkingOff;
import dev.llmgateway.ir.codec.ModelTraits.ToolsWithReasoning;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What models accept, by the beginning of their names; the first row that fits counts. Names are compared in lower case and
 * without what stands before the last slash ({@code meta-llama/}, {@code models/}). A name that no row knows (a new model,
 * an Azure deployment of any name) gets what its vendor's models have in common and any effort that the caller asks for, but at
 * Groq none and at a local server none that an agent asks for; an unknown {@code claude-} gets what the newest ones do.
 *
 * <p>Sources: the vendors' API references and the limits of their model pages, as of November 2026. A wrong row costs a
 * refused request or a lost parameter, so what is not known is assumed to be refused where the caller is told of the loss.
 */
final class ModelTraitsTable {

    private record Row(String prefix, ModelTraits traits) {}

    /** Reasoning models of OpenAI: no sampling nor what steers it, no stop, instructions by the developer. */
    private static final ModelTraits OPENAI_REASONING = of(
            ModelTraits.openAi(),
            it -> it.acceptsSampling(false)
                    .acceptsStop(false)
                    .refused(Set.of("logit_bias", "prediction"))
                    .instructionRole(InstructionRole.DEVELOPER)
                    .efforts(Set.of(LOW, MEDIUM, HIGH)));

    /** Those before GPT-5 can also not be told how many tools to call at a time, nor how much to say. */
    private static final ModelTraits O_SERIES = of(
            OPENAI_REASONING, it -> it.refused(Set.of("logit_bias", "prediction", "parallel_tool_calls", "verbosity")));

    private static final ModelTraits GPT_5 = of(
            OPENAI_REASONING,
            it -> it.efforts(Set.of(MINIMAL, LOW, MEDIUM, HIGH)).maxOutputTokens(128_000));
    private static final ModelTraits GPT_5_2 =
            of(GPT_5, it -> it.efforts(Set.of(NONE, LOW, MEDIUM, HIGH, XHIGH)).reasonsByDefault(false));
    /** From here on Chat Completions refuses function tools together with an effort. */
    private static final ModelTraits GPT_5_4 =
            of(GPT_5_2, it -> it.toolsWithReasoning(ToolsWithReasoning.REFUSED_WITH_EFFORT));

    private static final ModelTraits GPT_5_5 = of(GPT_5_4, it -> it.reasonsByDefault(true));
    /** Takes function tools only while it does not reason at all, and marks for its prompt cache. */
    private static final ModelTraits GPT_5_6 = of(
            GPT_5_5,
            it -> it.toolsWithReasoning(ToolsWithReasoning.REFUSED)
                    .acceptsCacheBreakpoints(true)
                    .efforts(Set.of(NONE, LOW, MEDIUM, HIGH, XHIGH, MAX))
                    .acceptsMaxInChat(false));
    /** Always reasons, so that Chat Completions has no function tools for it at all. */
    private static final ModelTraits GPT_6 = of(GPT_5_6, it -> it.efforts(Set.of(LOW, MEDIUM, HIGH, XHIGH, MAX)));

    private static final List<Row> OPENAI = List.of(
            row("gpt-5-chat", ModelTraits.openAi(), it -> it.maxOutputTokens(16_384)),
            row("gpt-5.1-chat", ModelTraits.openAi(), it -> it.maxOutputTokens(16_384)),
            row("gpt-5.2-chat", GPT_5_2, it -> it.efforts(Set.of(MEDIUM)).maxOutputTokens(16_384)),
            row("gpt-5.3-chat", GPT_5_2, it -> it.efforts(Set.of(MEDIUM)).maxOutputTokens(16_384)),
            row("gpt-5-pro", GPT_5, it -> it.efforts(Set.of(HIGH))),
            row("gpt-5-codex", GPT_5, it -> it.efforts(Set.of(LOW, MEDIUM, HIGH))),
            row("gpt-5.1", GPT_5_2, it -> it.efforts(Set.of(NONE, LOW, MEDIUM, HIGH))),
            row(
                    "gpt-5.2-pro",
                    GPT_5_2,
                    it -> it.efforts(Set.of(MEDIUM, HIGH, XHIGH)).reasonsByDefault(true)),
            row(
                    "gpt-5.4-pro",
                    GPT_5_4,
                    it -> it.efforts(Set.of(MEDIUM, HIGH, XHIGH)).reasonsByDefault(true)),
            row("gpt-5.5-pro", GPT_5_5, it -> it.efforts(Set.of(MEDIUM, HIGH, XHIGH))),
            row("gpt-5.2", GPT_5_2),
            row("gpt-5.3", GPT_5_2),
            row("gpt-5.4", GPT_5_4),
            row("gpt-5.5", GPT_5_5),
            row("gpt-5.", GPT_5_6),
            row("gpt-5", GPT_5),
            row("gpt-6-sol", GPT_5_6),
            row("gpt-6-luna", GPT_5_6),
            row("gpt-6.1-terra", GPT_5_6),
            row("gpt-6", GPT_6),
            row(
                    "o1-mini",
                    O_SERIES,
                    it -> it.instructionRole(InstructionRole.USER)
                            .jsonSchema(JsonSchemaMode.NONE)
                            .efforts(Set.of())),
            row(
                    "o1-preview",
                    O_SERIES,
                    it -> it.instructionRole(InstructionRole.USER)
                            .jsonSchema(JsonSchemaMode.NONE)
                            .efforts(Set.of())),
            row("o1", O_SERIES, it -> it.maxOutputTokens(100_000)),
            row("o3", O_SERIES, it -> it.maxOutputTokens(100_000)),
            row("o4", O_SERIES, it -> it.maxOutputTokens(100_000)),
            row("gpt-4.1", ModelTraits.openAi(), it -> it.maxOutputTokens(32_768)),
            row("gpt-4o", ModelTraits.openAi(), it -> it.maxOutputTokens(16_384)),
            row("gpt-4", ModelTraits.openAi(), it -> it.jsonSchema(JsonSchemaMode.NONE)),
            row("gpt-3.5", ModelTraits.openAi(), it -> it.jsonSchema(JsonSchemaMode.NONE)));

    /** Opus 4.7 and 4.8: no sampling, no thinking budget, and no thinking unless asked. */
    private static final ModelTraits CLAUDE_4_7 = of(
            ModelTraits.anthropic(),
            it -> it.acceptsSampling(false)
                    .acceptsPrefill(false)
                    .thinking(Thinking.ADAPTIVE)
                    .thinkingOff(ThinkingOff.UNSAID)
                    .efforts(Set.of(LOW, MEDIUM, HIGH, XHIGH, MAX))
                    .maxOutputTokens(128_000));
    /** From here on they think unless told otherwise. */
    private static final ModelTraits CLAUDE_5 = of(CLAUDE_4_7, it -> it.thinkingOff(ThinkingOff.DISABLED));
    /**
     * Most of the newest always think, refuse to be forced to call a tool, and bind their thinking to what stands before it. Those
     * among them that do not, take what is said of it, too.
     */
    private static final ModelTraits CLAUDE_THINKING = of(
            CLAUDE_5,
            it -> it.thinkingOff(ThinkingOff.REFUSED).acceptsForcedTool(false).bindsThinking(true));

    /** From here on a conversation must not end with the assistant. */
    private static final ModelTraits CLAUDE_4_6 = of(
            ModelTraits.anthropic(),
            it -> it.acceptsPrefill(false)
                    .thinking(Thinking.BUDGET_OR_ADAPTIVE)
                    .efforts(Set.of(LOW, MEDIUM, HIGH, MAX))
                    .maxOutputTokens(128_000));

    private static final ModelTraits CLAUDE_4_5 = of(ModelTraits.anthropic(), it -> it.maxOutputTokens(64_000));
    /** Up to Opus 4.1 an answer is held to a schema by a forced tool. */
    private static final ModelTraits CLAUDE_4 = of(
            ModelTraits.anthropic(), it -> it.acceptsTopPWithTemperature(true).jsonSchema(JsonSchemaMode.TOOL));

    private static final ModelTraits CLAUDE_3 =
            of(CLAUDE_4, it -> it.thinking(Thinking.NONE).thinkingOff(ThinkingOff.UNSAID));

    private static final List<Row> ANTHROPIC = List.of(
            row("claude-opus-5-", CLAUDE_THINKING),
            row("claude-opus-5", CLAUDE_5),
            row("claude-sonnet-5-5", CLAUDE_THINKING, it -> it.thinkingOff(ThinkingOff.BETWEEN_TOOLS)),
            row("claude-sonnet-5-", CLAUDE_THINKING),
            row("claude-sonnet-5", CLAUDE_5),
            row("claude-haiku-5-5", CLAUDE_5, it -> it.bindsThinking(true)),
            row("claude-opus-4-6", CLAUDE_4_6),
            row("claude-sonnet-4-6", CLAUDE_4_6),
            row("claude-opus-4-5", CLAUDE_4_5, it -> it.efforts(Set.of(LOW, MEDIUM, HIGH))),
            row("claude-sonnet-4-5", CLAUDE_4_5),
            row("claude-haiku-4-5", CLAUDE_4_5),
            row(
                    "claude-opus-4-1",
                    CLAUDE_4,
                    it -> it.acceptsTopPWithTemperature(false).maxOutputTokens(32_000)),
            row("claude-opus-4-7", CLAUDE_4_7),
            row("claude-opus-4-8", CLAUDE_4_7),
            row("claude-opus-4", CLAUDE_4, it -> it.maxOutputTokens(32_000)),
            row("claude-sonnet-4", CLAUDE_4, it -> it.maxOutputTokens(64_000)),
            row("claude-3-7", CLAUDE_4, it -> it.maxOutputTokens(64_000)),
            row("claude-3-5", CLAUDE_3, it -> it.maxOutputTokens(8_192)),
            row("claude-3", CLAUDE_3, it -> it.maxOutputTokens(4_096)),
            row("claude-2", CLAUDE_3, it -> it.maxOutputTokens(4_096)),
            row("claude-", CLAUDE_THINKING));

    /**
     * What copies of OpenAI's format have in common: the old name of the limit, and chat templates that want instructions
     * first.
     */
    private static final ModelTraits COPY = of(
            ModelTraits.openAi(),
            it -> it.maxTokensField(MaxTokensField.MAX_TOKENS)
                    .acceptsOpenAiExtras(false)
                    .mostStops(Integer.MAX_VALUE)
                    .schemaEnforcement(SchemaEnforcement.NEVER)
                    .acceptsMidInstructions(false));

    /** Google knows no tiers of service in this format. */
    private static final ModelTraits GEMINI = of(
            COPY,
            it -> it.googleCompatible(true)
                    .mostStops(5)
                    .refused(Set.of("service_tier"))
                    .schemaEnforcement(SchemaEnforcement.ALWAYS));
    /** Before Gemini 3 a request with tools must not ask for JSON. */
    private static final ModelTraits GEMINI_2 = of(GEMINI, it -> it.acceptsJsonBesideTools(false));

    private static final ModelTraits GEMINI_3 = of(GEMINI, it -> it.needsCallSignatures(true));
    private static final Set<Effort> LOW_TO_HIGH = Set.of(LOW, MEDIUM, HIGH);

    private static final List<Row> GOOGLE = List.of(
            row("gemini-2.5-pro", GEMINI_2, it -> it.efforts(LOW_TO_HIGH).maxOutputTokens(65_536)),
            row(
                    "gemini-2.5-flash",
                    GEMINI_2,
                    it -> it.efforts(Set.of(NONE, LOW, MEDIUM, HIGH)).maxOutputTokens(65_536)),
            row("gemini-2", GEMINI_2),
            row("gemini-1", GEMINI_2),
            row("gemini-3", GEMINI_3, it -> it.efforts(LOW_TO_HIGH).maxOutputTokens(65_536)),
            row("gemini-4", GEMINI_3, it -> it.efforts(LOW_TO_HIGH).maxOutputTokens(32_768)),
            row("gemma-", GEMINI_2, it -> it.maxOutputTokens(32_768)));

    /** Groq refuses an effort but where its own list of models says that there is one, and JSON beside tools. */
    private static final ModelTraits GROQ_ANY = of(
            COPY,
            it -> it.reasoningField(ReasoningField.REASONING)
                    .acceptsJsonBesideTools(false)
                    .mostStops(4)
                    .serviceTiers(Set.of("auto", "on_demand", "flex", "performance"))
                    .refused(Set.of("logprobs", "top_logprobs", "logit_bias", "n")));

    private static final List<Row> GROQ = List.of(
            row("gpt-oss-safeguard", GROQ_ANY, it -> it.efforts(LOW_TO_HIGH).maxOutputTokens(65_536)),
            row(
                    "gpt-oss",
                    GROQ_ANY,
                    it -> it.efforts(LOW_TO_HIGH)
                            .schemaEnforcement(SchemaEnforcement.WHEN_STRICT)
                            .maxOutputTokens(65_536)),
            row(
                    "qwen3",
                    GROQ_ANY,
                    it -> it.efforts(Set.of(NONE))
                            .jsonSchema(JsonSchemaMode.NONE)
                            .maxOutputTokens(16_384)),
            row(
                    "llama-3.3-70b",
                    GROQ_ANY,
                    it -> it.jsonSchema(JsonSchemaMode.NONE).maxOutputTokens(32_768)),
            row(
                    "llama-3.1-8b",
                    GROQ_ANY,
                    it -> it.jsonSchema(JsonSchemaMode.NONE).maxOutputTokens(131_072)),
            row("llama", GROQ_ANY, it -> it.jsonSchema(JsonSchemaMode.NONE)),
            row("gemma", GROQ_ANY, it -> it.jsonSchema(JsonSchemaMode.NONE)));

    private static final ModelTraits DEEP_INFRA_ANY = of(
            COPY,
            it -> it.acceptsTopK(true)
                    .acceptsUnknownMembers(true)
                    .schemaEnforcement(SchemaEnforcement.ALWAYS)
                    .reasoningField(ReasoningField.REASONING_CONTENT));
    private static final List<Row> DEEP_INFRA = List.of(
            row("gpt-oss", DEEP_INFRA_ANY, it -> it.efforts(LOW_TO_HIGH).maxOutputTokens(131_072)),
            row(
                    "deepseek-v4",
                    DEEP_INFRA_ANY,
                    it -> it.efforts(Set.of(NONE, LOW, MEDIUM, HIGH)).maxOutputTokens(384_000)),
            row("deepseek-v3", DEEP_INFRA_ANY, it -> it.maxOutputTokens(65_536)),
            row("glm-", DEEP_INFRA_ANY, it -> it.maxOutputTokens(131_072)),
            row("llama-3.3-70b", DEEP_INFRA_ANY, it -> it.maxOutputTokens(131_072)),
            row("llama-4-maverick", DEEP_INFRA_ANY, it -> it.maxOutputTokens(8_192)));

    private static final ModelTraits LOCAL_ANY = of(
            COPY,
            it -> it.acceptsTopK(true)
                    .acceptsUnknownMembers(true)
                    .schemaEnforcement(SchemaEnforcement.ALWAYS)
                    .reasoningField(ReasoningField.REASONING_CONTENT));
    /** Ollama refuses any effort of a model that does not think, and the words that OpenAI and Anthropic alone have of one that does. */
    private static final ModelTraits LOCAL_UNKNOWN =
            of(LOCAL_ANY, it -> it.efforts(Set.of(NONE, LOW, MEDIUM, HIGH)).mayNotReason(true));

    private static final List<Row> LOCAL = List.of(
            row("llama", LOCAL_ANY),
            row("qwen2", LOCAL_ANY),
            row("gemma2", LOCAL_ANY),
            row("gemma3", LOCAL_ANY),
            row("devstral", LOCAL_ANY),
            row("qwen3-coder", LOCAL_ANY),
            row("gpt-oss", LOCAL_ANY, it -> it.efforts(LOW_TO_HIGH)),
            row("qwen3", LOCAL_ANY, it -> it.efforts(LOW_TO_HIGH)),
            row("deepseek-r1", LOCAL_ANY, it -> it.efforts(LOW_TO_HIGH)));

    private static final List<String> AZURE_FOREIGN =
            List.of("deepseek", "grok", "llama", "meta-llama", "mistral", "codestral", "phi", "cohere", "kimi", "qwen");

    /** Models that OpenAI serves by the Responses API alone. */
    private static final Pattern RESPONSES_ONLY = Pattern.compile(
            "(?:gpt-[5-9][0-9.]*|o[1-9])-(?:pro|codex)(?:-.*)?|o[1-9](?:-mini)?-deep-research.*|codex-mini.*|computer-use.*");

    private ModelTraitsTable() {}

    /** What {@code model} accepts at a provider of this type. */
    static ModelTraits traits(ProviderType type, String model) {
        return switch (type) {
            case OPENAI -> openAi(plain(model));
            case AZURE_OPENAI -> azure(model);
            case ANTHROPIC -> find(ANTHROPIC, model, anthropicOrCopy(model));
            case GOOGLE -> find(GOOGLE, model, unknown(GEMINI));
            case GROQ -> find(GROQ, model, GROQ_ANY);
            case DEEP_INFRA -> find(DEEP_INFRA, model, unknown(DEEP_INFRA_ANY));
            case LOCAL -> local(model);
        };
    }

    /** Who speaks Anthropic's format for other models than Claude may sign nothing, and then takes what is not signed. */
    private static ModelTraits anthropicOrCopy(String model) {
        boolean isCopy = !plain(model).contains("claude");
        return of(ModelTraits.anthropic(), it -> it.acceptsUnsignedThinking(isCopy));
    }

    /** Azure sells the models of others too; deployments can have any name, and most are OpenAI's. */
    private static ModelTraits azure(String model) {
        String name = plain(model);
        boolean foreign = AZURE_FOREIGN.stream().anyMatch(name::startsWith);
        return foreign ? unknown(COPY) : openAi(name);
    }

    /** The same name may stand for a model that thinks and one that does not; the latter says so. */
    private static ModelTraits local(String model) {
        return plain(model).contains("instruct") ? LOCAL_ANY : find(LOCAL, model, LOCAL_UNKNOWN);
    }

    private static ModelTraits openAi(String name) {
        ModelTraits traits = find(OPENAI, name, unknown(ModelTraits.openAi()));
        return RESPONSES_ONLY.matcher(name).matches() ? of(traits, it -> it.acceptsChat(false)) : traits;
    }

    private static ModelTraits find(List<Row> rows, String model, ModelTraits otherwise) {
        String name = plain(model);
        for (Row row : rows) {
            if (name.startsWith(row.prefix)) {
                return row.traits;
            }
        }
        return otherwise;
    }

    private static ModelTraits unknown(ModelTraits common) {
        return of(common, it -> it.efforts(EnumSet.allOf(Effort.class)));
    }

    private static String plain(String model) {
        return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static Row row(String prefix, ModelTraits traits) {
        return new Row(prefix, traits);
    }

    private static Row row(String prefix, ModelTraits base, UnaryOperator<ModelTraits.Builder> change) {
        return new Row(prefix, of(base, change));
    }

    private static ModelTraits of(ModelTraits base, UnaryOperator<ModelTraits.Builder> change) {
        return change.apply(base.toBuilder()).build();
    }
}
