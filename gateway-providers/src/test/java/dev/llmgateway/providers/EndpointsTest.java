package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Dialect;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "OPENAI, https://api.openai.com/v1/chat/completions, https://api.openai.com/v1/models",
        "ANTHROPIC, https://api.anthropic.com/v1/messages, https://api.anthropic.com/v1/models",
        "GOOGLE, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions,"
                + " https://generativelanguage.googleapis.com/v1beta/openai/models",
        "DEEP_INFRA, https://api.deepinfra.com/v1/openai/chat/completions, https://api.deepinfra.com/v1/openai/models",
        "GROQ, https://api.groq.com/openai/v1/chat/completions, https://api.groq.com/openai/v1/models"
    })
    void knowsTheVendorsAddresses(ProviderType type, String chat, String models) {
        Endpoints endpoints = endpoints(type, type.defaultEndpoint(), null, null);

        assertThat(endpoints.calls(type.dialect(), "m")).hasToString(chat);
        assertThat(endpoints.models()).hasToString(models);
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, http://localhost:11434, http://localhost:11434/v1/chat/completions",
        "LOCAL, http://localhost:11434/, http://localhost:11434/v1/chat/completions",
        "LOCAL, http://localhost:11434/v1, http://localhost:11434/v1/chat/completions",
        "LOCAL, http://localhost:11434/v1/, http://localhost:11434/v1/chat/completions",
        "LOCAL, http://localhost:8000/llm/api, http://localhost:8000/llm/api/chat/completions",
        "OPENAI, https://proxy.example/openai/v1/, https://proxy.example/openai/v1/chat/completions",
        "OPENAI, https://proxy.example, https://proxy.example/v1/chat/completions",
        "ANTHROPIC, https://proxy.example/, https://proxy.example/v1/messages",
        "ANTHROPIC, https://proxy.example/v1, https://proxy.example/v1/messages",
        "ANTHROPIC, https://proxy.example/anthropic, https://proxy.example/anthropic/v1/messages"
    })
    void forgivesWhatEndpointsDifferIn(ProviderType type, String endpoint, String chat) {
        assertThat(endpoints(type, endpoint, null, null).calls(type.dialect(), "m"))
                .hasToString(chat);
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com, gpt, 2024-10-21,"
                + " https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21, gpt",
        "https://r.openai.azure.com/openai/, gpt, 2024-10-21,"
                + " https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21, gpt",
        "https://r.openai.azure.com, , 2024-10-21,"
                + " https://r.openai.azure.com/openai/deployments/m%2F1/chat/completions?api-version=2024-10-21, m/1",
        "https://r.openai.azure.com, , , https://r.openai.azure.com/openai/v1/chat/completions, m/1",
        "https://r.openai.azure.com/openai/v1/, gpt, , https://r.openai.azure.com/openai/v1/chat/completions, gpt",
        "https://r.openai.azure.com/openai/v1, gpt, preview,"
                + " https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview, gpt"
    })
    void knowsBothShapesOfAzure(
            String endpoint, @Nullable String deployment, @Nullable String version, String chat, String wireModel) {
        Endpoints endpoints = endpoints(ProviderType.AZURE_OPENAI, endpoint, deployment, version);

        assertThat(endpoints.calls(Dialect.OPENAI_CHAT, "m/1")).hasToString(chat);
        assertThat(endpoints.wireModel("m/1")).isEqualTo(wireModel);
        assertThat(endpoints.models()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, https://api.openai.com, , https://api.openai.com/v1/responses, true",
        "LOCAL, http://localhost:11434, , http://localhost:11434/v1/responses, true",
        "GROQ, https://api.groq.com, , https://api.groq.com/openai/v1/responses, true",
        "AZURE_OPENAI, https://r.openai.azure.com, , https://r.openai.azure.com/openai/v1/responses, true",
        "AZURE_OPENAI, https://r.openai.azure.com/openai/v1, preview,"
                + " https://r.openai.azure.com/openai/v1/responses?api-version=preview, true",
        "AZURE_OPENAI, https://r.openai.azure.com, 2025-04-01-preview,"
                + " https://r.openai.azure.com/openai/responses?api-version=2025-04-01-preview, true",
        "AZURE_OPENAI, https://r.openai.azure.com, 2024-10-21,"
                + " https://r.openai.azure.com/openai/responses?api-version=2024-10-21, false"
    })
    void knowsWhereResponsesAre(
            ProviderType type, String endpoint, @Nullable String version, String responses, boolean hasThem) {
        Endpoints endpoints = endpoints(type, endpoint, null, version);

        assertThat(endpoints.calls(Dialect.OPENAI_RESPONSES, "m/1")).hasToString(responses);
        assertThat(endpoints.hasResponses()).isEqualTo(hasThem);
    }

    @Test
    void hasNoUsualAddressForAzureAndLocal() {
        assertThat(ProviderType.AZURE_OPENAI.defaultEndpoint()).isNull();
        assertThat(ProviderType.LOCAL.defaultEndpoint()).isNull();
    }

    private static Endpoints endpoints(
            ProviderType type, String endpoint, @Nullable String deployment, @Nullable String version) {
        return new Endpoints(type, HttpUrl.get(endpoint), deployment, version);
    }
}
