package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Dialect;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTraitsTableTest {

    @ParameterizedTest
    @CsvSource({
        "claude-fable-5-2, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE",
        "claude-mythos-5, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE",
        "claude-opus-5-5, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE",
        "claude-opus-4-8, false, ADAPTIVE, low medium high xhigh max, true, 128000, NATIVE",
        "claude-opus-4-7, false, ADAPTIVE, low medium high xhigh max, true, 128000, NATIVE",
        "claude-opus-5, false, ADAPTIVE, low medium high xhigh max, true, 128000, NATIVE",
        "claude-sonnet-5-5, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE",
        "claude-sonnet-5-6, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE",
        "claude-sonnet-5, false, ADAPTIVE, low medium high xhigh max, true, 128000, NATIVE",
        "claude-haiku-5-5, false, ADAPTIVE, low medium high xhigh max, true, 128000, NATIVE",
        "claude-opus-4-6, true, BUDGET_OR_ADAPTIVE, low medium high max, true, 128000, NATIVE",
        "claude-sonnet-4-6, true, BUDGET_OR_ADAPTIVE, low medium high max, true, 128000, NATIVE",
        "claude-opus-4-5-20251101, true, BUDGET, low medium high, true, 64000, NATIVE",
        "claude-sonnet-4-5, true, BUDGET, '', true, 64000, NATIVE",
        "claude-haiku-4-5-20251001, true, BUDGET, '', true, 64000, NATIVE",
        "claude-opus-4-1-20250805, true, BUDGET, '', true, 32000, TOOL",
        "claude-opus-4, true, BUDGET, '', true, 32000, TOOL",
        "claude-sonnet-4-20250514, true, BUDGET, '', true, 64000, TOOL",
        "claude-3-7-sonnet-latest, true, BUDGET, '', true, 64000, TOOL",
        "claude-3-5-haiku-20241022, true, NONE, '', true, 8192, TOOL",
        "claude-3-opus-20240229, true, NONE, '', true, 4096, TOOL",
        "claude-2.1, true, NONE, '', true, 4096, TOOL",
        "claude-something-new, false, ADAPTIVE, low medium high xhigh max, false, 128000, NATIVE"
    })
    void knowsAnthropicsModels(
            String model,
            boolean sampling,
            Thinking thinking,
            String efforts,
            boolean forcedTool,
            int maxOutput,
            JsonSchemaMode schema) {
        ModelTraits traits = ModelTraitsTable.traits(ProviderType.ANTHROPIC, model);

        assertThat(traits.acceptsSampling()).isEqualTo(sampling);
        assertThat(traits.thinking()).isEqualTo(thinking);
        assertEfforts(traits, efforts);
        assertThat(traits.acceptsForcedTool()).isEqualTo(forcedTool);
        assertThat(traits.maxOutputTokens()).isEqualTo(maxOutput);
        assertThat(traits.jsonSchema()).isEqualTo(schema);
        assertThat(traits.maxTemperature()).isEqualTo(1.0);
        assertThat(traits.maxTokensField()).isEqualTo(MaxTokensField.MAX_TOKENS);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-fable-5-2, REFUSED",
        "claude-mythos-5, REFUSED",
        "claude-opus-5-5, REFUSED",
        "claude-something-new, REFUSED",
        "claude-sonnet-5-5, BETWEEN_TOOLS",
        "claude-opus-5, DISABLED",
        "claude-sonnet-5, DISABLED",
        "claude-haiku-5-5, DISABLED",
        "claude-opus-4-8, UNSAID",
        "claude-opus-4-7, UNSAID",
        "claude-opus-4-6, DISABLED",
        "claude-haiku-4-5, DISABLED",
        "claude-3-5-haiku-20241022, UNSAID"
    })
    void knowsHowAnthropicsModelsAreToldNotToThink(String model, ThinkingOff how) {
        assertThat(ModelTraitsTable.traits(ProviderType.ANTHROPIC, model).thinkingOff())
                .isEqualTo(how);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-fable-5-1, true",
        "claude-fable-5-2, true",
        "claude-mythos-5-1, true",
        "claude-opus-5-5, true",
        "claude-sonnet-5-5, true",
        "claude-haiku-5-5, true",
        "claude-opus-5, false",
        "claude-sonnet-5, false",
        "claude-opus-4-8, false",
        "claude-haiku-4-5, false"
    })
    void knowsWhichOfAnthropicsModelsCheckWhatStandsBeforeTheirThinking(String model, boolean binds) {
        assertThat(ModelTraitsTable.traits(ProviderType.ANTHROPIC, model).bindsThinking())
                .isEqualTo(binds);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, false",
        "claude-opus-4-1, false",
        "claude-sonnet-4-20250514, true",
        "claude-3-7-sonnet-latest, true"
    })
    void knowsWhoTakesTopPBesideATemperature(String model, boolean accepts) {
        assertThat(ModelTraitsTable.traits(ProviderType.ANTHROPIC, model).acceptsTopPWithTemperature())
                .isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-6, false",
        "claude-sonnet-4-6, false",
        "claude-opus-4-7, false",
        "claude-opus-4-8, false",
        "claude-sonnet-5, false",
        "claude-sonnet-5-5, false",
        "claude-opus-5, false",
        "claude-opus-5-5, false",
        "claude-haiku-5-5, false",
        "claude-fable-5, false",
        "claude-mythos-preview, false",
        "claude-something-new, false",
        "claude-opus-4-5-20251101, true",
        "claude-sonnet-4-5, true",
        "claude-haiku-4-5, true",
        "claude-opus-4-1, true",
        "kimi-k2-thinking, true"
    })
    void knowsWhoGoesOnWithWhatTheAssistantSaidLast(String model, boolean accepts) {
        assertThat(ModelTraitsTable.traits(ProviderType.ANTHROPIC, model).acceptsPrefill())
                .isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, false",
        "claude-something-new, false",
        "us.anthropic.claude-opus-4-6-v1:0, false",
        "kimi-k2-thinking, true",
        "MiniMax-M2, true"
    })
    void knowsThatClaudeAloneRefusesThinkingWithoutASignature(String model, boolean accepts) {
        assertThat(ModelTraitsTable.traits(ProviderType.ANTHROPIC, model).acceptsUnsignedThinking())
                .isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5, minimal low medium high, ACCEPTED, true, 128000",
        "gpt-5-mini, minimal low medium high, ACCEPTED, true, 128000",
        "gpt-5-nano-2025-08-07, minimal low medium high, ACCEPTED, true, 128000",
        "gpt-5-pro, high, ACCEPTED, true, 128000",
        "gpt-5-codex, low medium high, ACCEPTED, true, 128000",
        "gpt-5.1, none low medium high, ACCEPTED, false, 128000",
        "gpt-5.2-pro, medium high xhigh, ACCEPTED, true, 128000",
        "gpt-5.4-pro, medium high xhigh, REFUSED_WITH_EFFORT, true, 128000",
        "gpt-5.5-pro, medium high xhigh, REFUSED_WITH_EFFORT, true, 128000",
        "gpt-5.2, none low medium high xhigh, ACCEPTED, false, 128000",
        "gpt-5.3-codex, none low medium high xhigh, ACCEPTED, false, 128000",
        "gpt-5.4-mini, none low medium high xhigh, REFUSED_WITH_EFFORT, false, 128000",
        "gpt-5.5, none low medium high xhigh, REFUSED_WITH_EFFORT, true, 128000",
        "gpt-5.6-sol, none low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6-sol, none low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6-luna, none low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6.1-terra, none low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6-astra, low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6.1-sol, low medium high xhigh max, REFUSED, true, 128000",
        "gpt-6.2-astra, low medium high xhigh max, REFUSED, true, 128000",
        "o1, low medium high, ACCEPTED, true, 100000",
        "o3, low medium high, ACCEPTED, true, 100000",
        "o4-mini, low medium high, ACCEPTED, true, 100000"
    })
    void knowsOpenAisReasoningModels(
            String model, String efforts, ToolsWithReasoning tools, boolean reasonsByDefault, int maxOutput) {
        for (ProviderType type : new ProviderType[] {ProviderType.OPENAI, ProviderType.AZURE_OPENAI}) {
            ModelTraits traits = ModelTraitsTable.traits(type, model);

            assertThat(traits.acceptsSampling()).isFalse();
            assertThat(traits.acceptsStop()).isFalse();
            assertThat(traits.instructionRole()).isEqualTo(InstructionRole.DEVELOPER);
            assertThat(traits.maxTokensField()).isEqualTo(MaxTokensField.MAX_COMPLETION_TOKENS);
            assertEfforts(traits, efforts);
            assertThat(traits.toolsWithReasoning()).isEqualTo(tools);
            assertThat(traits.reasonsByDefault()).isEqualTo(reasonsByDefault);
            assertThat(traits.maxOutputTokens()).isEqualTo(maxOutput);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5.5, none low medium high xhigh",
        "gpt-5.6-terra, none low medium high xhigh",
        "gpt-6-astra, low medium high xhigh",
        "gpt-9, none minimal low medium high xhigh max"
    })
    void knowsWhichEffortsChatCompletionsTakes(String model, String efforts) {
        assertThat(ModelTraitsTable.traits(ProviderType.OPENAI, model).chatEffortsOf(Dialect.OPENAI_CHAT))
                .extracting(effort -> effort.name().toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(efforts.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, 16384, NATIVE",
        "gpt-4o-mini, 16384, NATIVE",
        "gpt-4.1-nano, 32768, NATIVE",
        "gpt-5-chat-latest, 16384, NATIVE",
        "gpt-5.1-chat-latest, 16384, NATIVE",
        "gpt-4-turbo, , NONE",
        "gpt-3.5-turbo, , NONE"
    })
    void knowsOpenAisOtherModels(String model, @Nullable Integer maxOutput, JsonSchemaMode schema) {
        ModelTraits traits = ModelTraitsTable.traits(ProviderType.OPENAI, model);

        assertThat(traits.acceptsSampling()).isTrue();
        assertThat(traits.acceptsStop()).isTrue();
        assertThat(traits.efforts()).isEmpty();
        assertThat(traits.maxOutputTokens()).isEqualTo(maxOutput);
        assertThat(traits.jsonSchema()).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4.1, ''",
        "gpt-5-chat-latest, ''",
        "gpt-5, logit_bias prediction",
        "gpt-5.6-sol, logit_bias prediction",
        "o1-mini, logit_bias prediction parallel_tool_calls verbosity",
        "o3, logit_bias prediction parallel_tool_calls verbosity",
        "o4-mini-2025-04-16, logit_bias prediction parallel_tool_calls verbosity"
    })
    void knowsWhatOpenAisReasoningModelsRefuse(String model, String members) {
        ModelTraits traits = ModelTraitsTable.traits(ProviderType.OPENAI, model);

        assertThat(Stream.of("logit_bias", "prediction", "parallel_tool_calls", "verbosity", "seed")
                        .filter(traits::refuses))
                .containsExactly(members.isEmpty() ? new String[0] : members.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-oss-120b", "qwen/qwen3-32b", "llama-3.3-70b-versatile", "something/new"})
    void knowsWhatGroqRefuses(String model) {
        ModelTraits traits = ModelTraitsTable.traits(ProviderType.GROQ, model);

        assertThat(Stream.of("logprobs", "top_logprobs", "logit_bias", "n", "seed", "parallel_tool_calls")
                        .filter(traits::refuses))
                .containsExactly("logprobs", "top_logprobs", "logit_bias", "n");
        assertThat(traits.serviceTiers()).containsExactlyInAnyOrder("auto", "on_demand", "flex", "performance");
    }

    /** Each vendor's reference: "Up to 4 sequences" at OpenAI and Groq, "up to 5" at Google. Open servers have no limit. */
    @ParameterizedTest
    @CsvSource({
        "OPENAI, gpt-4.1, 4",
        "AZURE_OPENAI, our-deployment, 4",
        "GROQ, llama-3.3-70b-versatile, 4",
        "GROQ, something/new, 4",
        "GOOGLE, gemini-3-pro-preview, 5",
        "GOOGLE, gemini-2.5-flash, 5",
        "LOCAL, llama3.2, 2147483647",
        "DEEP_INFRA, new-model, 2147483647"
    })
    void knowsHowManyStopTextsAreTaken(ProviderType type, String model, int most) {
        assertThat(ModelTraitsTable.traits(type, model).mostStops()).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-3-pro-preview", "gemini-2.5-flash", "gemini-9", "gemma-3-27b-it"})
    void knowsThatGoogleHasNoTiersOfService(String model) {
        assertThat(ModelTraitsTable.traits(ProviderType.GOOGLE, model).refuses("service_tier"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, gpt-9", "AZURE_OPENAI, our-deployment", "DEEP_INFRA, new-model"})
    void leavesTheEffortToTheCallerForAModelThatItDoesNotKnow(ProviderType type, String model) {
        ModelTraits traits = ModelTraitsTable.traits(type, model);

        assertThat(traits.efforts()).containsExactlyInAnyOrder(Effort.values());
        assertThat(traits.effortsOf(Dialect.ANTHROPIC_MESSAGES)).isEqualTo(traits.efforts());
        assertThat(traits.acceptsSampling()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new-model", "mistral", "glm-4.7-flash:latest", "hf.co/unsloth/Phi-4-GGUF:Q4_K_M"})
    void sparesALocalModelThatItDoesNotKnowTheWishesOfAgents(String model) {
        ModelTraits traits = ModelTraitsTable.traits(ProviderType.LOCAL, model);

        assertEfforts(traits, "none low medium high");
        assertThat(traits.effortsOf(Dialect.OPENAI_CHAT)).isEqualTo(traits.efforts());
        assertThat(traits.effortsOf(Dialect.ANTHROPIC_MESSAGES)).containsExactly(Effort.NONE);
        assertThat(traits.effortsOf(Dialect.OPENAI_RESPONSES)).containsExactly(Effort.NONE);
    }

    @Test
    void knowsThatTheFirstSmallReasonersTakeNoInstructions() {
        for (String model : new String[] {"o1-mini", "o1-preview"}) {
            ModelTraits traits = ModelTraitsTable.traits(ProviderType.OPENAI, model);

            assertThat(traits.instructionRole()).isEqualTo(InstructionRole.USER);
            assertThat(traits.jsonSchema()).isEqualTo(JsonSchemaMode.NONE);
            assertThat(traits.efforts()).isEmpty();
        }
        assertThat(ModelTraitsTable.traits(ProviderType.OPENAI, "o1").instructionRole())
                .isEqualTo(InstructionRole.DEVELOPER);
    }

    @ParameterizedTest
    @CsvSource({
        "GROQ, llama-3.3-70b-versatile, '', 32768, NONE, REASONING",
        "GROQ, openai/gpt-oss-120b, low medium high, 65536, NATIVE, REASONING",
        "GROQ, openai/gpt-oss-safeguard-20b, low medium high, 65536, NATIVE, REASONING",
        "GROQ, qwen/qwen3.8-27b, none, 16384, NONE, REASONING",
        "GROQ, llama-3.1-8b-instant, '', 131072, NONE, REASONING",
        "GROQ, meta-llama/llama-guard-4-12b, '', , NONE, REASONING",
        "GROQ, gemma2-9b-it, '', , NONE, REASONING",
        "DEEP_INFRA, meta-llama/Llama-3.3-70B-Instruct-Turbo, '', 131072, NATIVE, REASONING_CONTENT",
        "DEEP_INFRA, openai/gpt-oss-120b, low medium high, 131072, NATIVE, REASONING_CONTENT",
        "DEEP_INFRA, google/gemma-4-31B-it, none minimal low medium high xhigh max, , NATIVE, REASONING_CONTENT",
        "DEEP_INFRA, deepseek-ai/DeepSeek-V4.1-Flash, none low medium high, 384000, NATIVE, REASONING_CONTENT",
        "GOOGLE, gemini-2.5-pro, low medium high, 65536, NATIVE, NONE",
        "GOOGLE, models/gemini-2.5-flash-lite, none low medium high, 65536, NATIVE, NONE",
        "GOOGLE, gemini-3.8-flash, low medium high, 65536, NATIVE, NONE",
        "GOOGLE, gemini-4-argon, low medium high, 32768, NATIVE, NONE",
        "GOOGLE, gemma-4-31b-it, '', 32768, NATIVE, NONE",
        "GROQ, moonshotai/kimi-k2-instruct, '', , NATIVE, REASONING",
        "GROQ, new-model, '', , NATIVE, REASONING",
        "LOCAL, llama3.2:3b, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, qwen2.5-coder:7b, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, qwen3-coder-next:Q4_K_M, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, gemma3:12b, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, gemma2:9b, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, deepseek-r1:8b, low medium high, , NATIVE, REASONING_CONTENT",
        "LOCAL, devstral, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, qwen3:4b-instruct, '', , NATIVE, REASONING_CONTENT",
        "LOCAL, qwen3:8b, low medium high, , NATIVE, REASONING_CONTENT",
        "LOCAL, gpt-oss:20b, low medium high, , NATIVE, REASONING_CONTENT"
    })
    void knowsTheModelsOfOthers(
            ProviderType type,
            String model,
            String efforts,
            @Nullable Integer maxOutput,
            JsonSchemaMode schema,
            ReasoningField reasoning) {
        ModelTraits traits = ModelTraitsTable.traits(type, model);

        assertEfforts(traits, efforts);
        assertThat(traits.maxOutputTokens()).isEqualTo(maxOutput);
        assertThat(traits.jsonSchema()).isEqualTo(schema);
        assertThat(traits.reasoningField()).isEqualTo(reasoning);
    }

    @Test
    void knowsThatGroqTakesNoJsonBesideTools() {
        for (String model : List.of("openai/gpt-oss-120b", "qwen/qwen3-32b", "unknown")) {
            assertThat(ModelTraitsTable.traits(ProviderType.GROQ, model).acceptsJsonBesideTools())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro, false",
        "models/gemini-2.5-flash-lite, false",
        "gemini-2.0-flash, false",
        "gemini-1.5-pro, false",
        "gemini-3.8-flash, true",
        "gemini-4-pro, true",
        "gemini-flash-latest, true"
    })
    void knowsWhichOfGooglesModelsTakeJsonBesideTools(String model, boolean accepts) {
        assertThat(ModelTraitsTable.traits(ProviderType.GOOGLE, model).acceptsJsonBesideTools())
                .isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-oss-120b, 131072",
        "deepseek-ai/DeepSeek-V3.2, 65536",
        "zai-org/GLM-4.7, 131072",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8, 8192"
    })
    void knowsHowMuchModelsOfDeepInfraAnswer(String model, int maxOutput) {
        assertThat(ModelTraitsTable.traits(ProviderType.DEEP_INFRA, model).maxOutputTokens())
                .isEqualTo(maxOutput);
    }

    @ParameterizedTest
    @CsvSource({"gpt-5.5, false", "gpt-5.6-sol, true", "gpt-6.1-terra, true"})
    void knowsWhoTakesMarksForItsPromptCache(String model, boolean accepts) {
        assertThat(ModelTraitsTable.traits(ProviderType.OPENAI, model).acceptsCacheBreakpoints())
                .isEqualTo(accepts);
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-pro, false", "gemini-3.8-flash, true", "gemini-4-argon, true"})
    void knowsWhoWantsTheSignaturesOfCallsBack(String model, boolean needs) {
        assertThat(ModelTraitsTable.traits(ProviderType.GOOGLE, model).needsCallSignatures())
                .isEqualTo(needs);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderType.class,
            names = {"GOOGLE", "DEEP_INFRA", "GROQ", "LOCAL"})
    void takesCopiesOfOpenAiForNoMoreThanThat(ProviderType type) {
        ModelTraits traits = ModelTraitsTable.traits(type, "some-model");

        assertThat(traits.maxTokensField()).isEqualTo(MaxTokensField.MAX_TOKENS);
        assertThat(traits.acceptsOpenAiExtras()).isFalse();
        assertThat(traits.acceptsMidInstructions()).isFalse();
        assertThat(traits.isGoogleCompatible()).isEqualTo(type == ProviderType.GOOGLE);
        assertThat(traits.acceptsTopK()).isEqualTo(type == ProviderType.LOCAL || type == ProviderType.DEEP_INFRA);
        assertThat(traits.acceptsUnknownMembers())
                .isEqualTo(type == ProviderType.LOCAL || type == ProviderType.DEEP_INFRA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grok-4",
                "DeepSeek-V4-Pro",
                "Mistral-large",
                "Llama-3.3-70B-Instruct",
                "Meta-Llama-3.1-405B-Instruct",
                "Codestral-2501",
                "Phi-4",
                "Cohere-command-a",
                "Kimi-K2-Thinking",
                "qwen3-32b"
            })
    void knowsThatAzureSellsTheModelsOfOthers(String model) {
        assertThat(ModelTraitsTable.traits(ProviderType.AZURE_OPENAI, model).acceptsOpenAiExtras())
                .isFalse();
        assertThat(ModelTraitsTable.traits(ProviderType.AZURE_OPENAI, "my-deployment")
                        .acceptsOpenAiExtras())
                .isTrue();
    }

    private static void assertEfforts(ModelTraits traits, String words) {
        assertThat(traits.efforts())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(words.split(" "))
                        .filter(word -> !word.isEmpty())
                        .map(word -> Effort.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toList());
    }

    /** Groq: "Strict Mode (strict: true) ... Currently only available on select models", which are these two. */
    @ParameterizedTest
    @CsvSource({
        "OPENAI, gpt-5.2, WHEN_STRICT",
        "AZURE_OPENAI, my-deployment, WHEN_STRICT",
        "AZURE_OPENAI, grok-4, NEVER",
        "GROQ, openai/gpt-oss-20b, WHEN_STRICT",
        "GROQ, openai/gpt-oss-120b, WHEN_STRICT",
        "GROQ, openai/gpt-oss-safeguard-20b, NEVER",
        "GROQ, moonshotai/kimi-k2-instruct-0905, NEVER",
        "DEEP_INFRA, deepseek-ai/DeepSeek-V4, ALWAYS",
        "GOOGLE, gemini-3-pro, ALWAYS",
        "LOCAL, qwen3:8b, ALWAYS"
    })
    void whoHoldsAnAnswerToItsSchema(ProviderType type, String model, SchemaEnforcement when) {
        assertThat(ModelTraitsTable.traits(type, model).schemaEnforcement()).isEqualTo(when);
    }
}
