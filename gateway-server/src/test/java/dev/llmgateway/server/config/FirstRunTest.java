package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.providers.ProviderApi;
import dev.llmgateway.providers.ProviderType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstRunTest {
    private static final URI OLLAMA = URI.create("http://127.0.0.1:11434/v1");

    @Test
    void findsEveryProviderWhoseVariablesAreSet() {
        Map<String, String> variables = Map.of(
                "OPENAI_API_KEY", "k1",
                "ANTHROPIC_API_KEY", "k2",
                "GEMINI_API_KEY", "k3",
                "GOOGLE_API_KEY", "k4",
                "GROQ_API_KEY", "k5",
                "DEEPINFRA_API_KEY", "k6",
                "AZURE_OPENAI_API_KEY", "k7",
                "AZURE_OPENAI_ENDPOINT", "https://x.openai.azure.com");

        FirstRun first = FirstRun.providers(variables::get, OLLAMA::equals);

        assertThat(first.providers())
                .extracting(ProviderConfig::id)
                .containsExactly("openai", "anthropic", "google", "groq", "deepinfra", "azure", "ollama");
        assertThat(first.providers().get(2).connection().apiKey()).isEqualTo(new Secret("k3"));
        assertThat(first.providers().get(5).connection().endpoint())
                .isEqualTo(URI.create("https://x.openai.azure.com"));
        assertThat(first.providers().get(6).connection())
                .isEqualTo(new ProviderConfig.Connection(null, OLLAMA, null, null, ProviderApi.AUTO));
        assertThat(first.found())
                .containsExactly(
                        "OpenAI (OPENAI_API_KEY)",
                        "Anthropic (ANTHROPIC_API_KEY)",
                        "Google Gemini (GEMINI_API_KEY)",
                        "Groq (GROQ_API_KEY)",
                        "DeepInfra (DEEPINFRA_API_KEY)",
                        "Azure OpenAI (AZURE_OPENAI_API_KEY)",
                        "Ollama at http://127.0.0.1:11434/v1");
    }

    @Test
    void takesGooglesOtherVariableAndStripsKeys() {
        FirstRun first = FirstRun.providers(Map.of("GOOGLE_API_KEY", " key\n")::get, address -> false);

        assertThat(first.providers().getFirst().connection().apiKey()).isEqualTo(new Secret("key"));
        assertThat(first.found()).containsExactly("Google Gemini (GOOGLE_API_KEY)");
    }

    @Test
    void findsNothingWhenNothingIsThere() {
        FirstRun first = FirstRun.providers(Map.of("OPENAI_API_KEY", " ")::get, address -> false);

        assertThat(first).isEqualTo(new FirstRun(List.of(), List.of()));
    }

    @Test
    void saysWhatAzureLacks() {
        assertThat(FirstRun.providers(Map.of("AZURE_OPENAI_API_KEY", "k")::get, address -> false))
                .isEqualTo(new FirstRun(
                        List.of(),
                        List.of("not Azure OpenAI: AZURE_OPENAI_API_KEY is set, but AZURE_OPENAI_ENDPOINT is not")));
        assertThat(FirstRun.providers(
                                Map.of("AZURE_OPENAI_API_KEY", "k", "AZURE_OPENAI_ENDPOINT", "x.azure.com")::get,
                                address -> false)
                        .found())
                .containsExactly("not Azure OpenAI: AZURE_OPENAI_API_KEY is set, but AZURE_OPENAI_ENDPOINT is no http"
                        + " or https address");
    }

    @Test
    void itsProvidersGoIntoAConfiguration() {
        FirstRun first = FirstRun.providers(Map.of("GROQ_API_KEY", "k")::get, address -> false);

        GatewayConfig config = GatewayConfig.defaults().withProviders(first.providers());

        assertThat(config.providers()).extracting(ProviderConfig::type).containsExactly(ProviderType.GROQ);
    }
}
