package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.codec.Efforts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, true, , OPENAI_CHAT",
        "gpt-5.2, true, high, OPENAI_CHAT",
        "gpt-5.4, true, , OPENAI_CHAT",
        "gpt-5.4, true, none, OPENAI_CHAT",
        "gpt-5.4, true, low, OPENAI_RESPONSES",
        "gpt-5.4, false, low, OPENAI_CHAT",
        "gpt-6.1-sol, true, , OPENAI_RESPONSES",
        "gpt-6.1-sol, true, high, OPENAI_RESPONSES",
        "gpt-6.1-sol, true, none, OPENAI_RESPONSES",
        "gpt-6-astra, true, none, OPENAI_RESPONSES",
        "gpt-6-sol, true, none, OPENAI_CHAT",
        "gpt-6.1-sol, false, high, OPENAI_CHAT",
    })
    void takesResponsesWhereChatWouldRefuseToolsBesideReasoning(
            String model, boolean tools, @Nullable String effort, Dialect dialect) {
        for (Provider provider : List.of(openAi(ProviderApi.AUTO), azure(null))) {
            assertThat(provider.dialectOf(request(tools, effort), model)).isEqualTo(dialect);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-5-pro",
                "gpt-5.5-pro-2026-04-23",
                "gpt-5.3-codex",
                "gpt-5.1-codex-max",
                "o3-pro",
                "o4-mini-deep-research",
                "codex-mini-latest"
            })
    void takesResponsesForModelsWithoutChat(String model) {
        assertThat(openAi(ProviderApi.AUTO).dialectOf(request(false, null), model))
                .isEqualTo(Dialect.OPENAI_RESPONSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-gpt-4o-prod", "gpt-4o-prod", "codex", "gpt-5.2", "unheard-of-pro"})
    void knowsNoSuchModelByAccident(String model) {
        assertThat(openAi(ProviderApi.AUTO).dialectOf(request(false, null), model))
                .isEqualTo(Dialect.OPENAI_CHAT);
    }

    @Test
    void answersCallersOfResponsesInKind() {
        ChatRequest responses = ChatRequest.builder("m")
                .user("hi")
                .decodedFrom(Dialect.OPENAI_RESPONSES, null)
                .build();

        assertThat(openAi(ProviderApi.AUTO).dialectOf(responses, "gpt-4o")).isEqualTo(Dialect.OPENAI_RESPONSES);
        assertThat(azure("2025-04-01-preview").dialectOf(responses, "gpt-4o")).isEqualTo(Dialect.OPENAI_RESPONSES);
        assertThat(azure("2024-10-21").dialectOf(responses, "gpt-4o")).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(azure(null).dialectOf(responses, "deepseek-v4")).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(local(ProviderApi.AUTO).dialectOf(responses, "gpt-oss")).isEqualTo(Dialect.OPENAI_CHAT);
    }

    @Test
    void asksForSeveralAnswersByChatWhichAloneCan() {
        ChatRequest two = request(true, null).toBuilder().choiceCount(2).build();

        assertThat(openAi(ProviderApi.AUTO).dialectOf(two, "gpt-6.1-sol")).isEqualTo(Dialect.OPENAI_CHAT);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderApi.class,
            names = {"CHAT", "RESPONSES"})
    void doesAsTheOperatorSays(ProviderApi api) {
        Dialect said = api == ProviderApi.CHAT ? Dialect.OPENAI_CHAT : Dialect.OPENAI_RESPONSES;

        for (String model : List.of("gpt-4o", "gpt-5-pro", "gpt-oss")) {
            assertThat(openAi(api).dialectOf(request(true, "high"), model)).isEqualTo(said);
            assertThat(local(api).dialectOf(request(false, null), model)).isEqualTo(said);
        }
    }

    @Test
    void knowsNoOtherApiForAnthropicThanItsOwn() {
        Provider anthropic = Providers.anthropic("anthropic", "key");

        assertThat(anthropic.dialectOf(request(true, "high"), "claude-opus-5")).isEqualTo(Dialect.ANTHROPIC_MESSAGES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Providers.builder(ProviderType.ANTHROPIC, "a").api(ProviderApi.CHAT))
                .withMessageContaining("Anthropic has one API");
    }

    private static Provider openAi(ProviderApi api) {
        return Providers.builder(ProviderType.OPENAI, "openai").api(api).build();
    }

    private static Provider local(ProviderApi api) {
        return Providers.builder(ProviderType.LOCAL, "local")
                .endpoint("http://127.0.0.1:1")
                .api(api)
                .build();
    }

    private static Provider azure(@Nullable String version) {
        return Providers.builder(ProviderType.AZURE_OPENAI, "azure")
                .endpoint("https://r.openai.azure.com")
                .apiVersion(version)
                .build();
    }

    private static ChatRequest request(boolean tools, @Nullable String effort) {
        ToolUse use = new ToolUse(List.of(new Tool.Function("f", null, null)), null, null);
        ReasoningOptions reasoning = new ReasoningOptions(null, Efforts.parse(effort), null, null);
        return ChatRequest.builder("m")
                .user("hi")
                .toolUse(tools ? use : ToolUse.NONE)
                .reasoning(effort == null ? ReasoningOptions.DEFAULTS : reasoning)
                .build();
    }
}
