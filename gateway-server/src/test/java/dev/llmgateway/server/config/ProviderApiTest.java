package dev.llmgateway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.providers.ProviderApi;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which API of OpenAI's format a provider may be said to have. */
class ProviderApiTest {

    private static String provider(String type, String api, @Nullable String more) {
        return """
                [[providers]]
                id = "p"
                provider_type = "%s"
                api = "%s"
                %s
                """.formatted(type, api, more == null ? "" : more.replace(';', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "google||leave it out",
                "deep_infra||leave it out",
                "anthropic||leave it out",
                "azure_openai|endpoint = 'https://r.openai.azure.com';api_version = '2024-10-21'|set a later api_version",
                "azure_openai|endpoint = 'https://r.openai.azure.com';api_version = '2025-02-01-preview'|2025-03-01-preview"
            },
            quoteCharacter = '"')
    void responsesAreRefusedWhereThereAreNone(String type, @Nullable String more, String remedy) {
        String text = provider(type, "responses", more);

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse("config.toml", text, name -> null));

        assertThat(refused).as(text).isNotNull();
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("providers.api");
            assertThat(problem.toString()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|responses|",
                "groq|responses|",
                "local|responses|endpoint = 'http://localhost:11434'",
                "azure_openai|responses|endpoint = 'https://r.openai.azure.com'",
                "azure_openai|responses|endpoint = 'https://r.openai.azure.com';api_version = '2025-03-01-preview'",
                "azure_openai|responses|endpoint = 'https://r.openai.azure.com/openai/v1';api_version = '2024-10-21'",
                "azure_openai|chat|endpoint = 'https://r.openai.azure.com';api_version = '2024-10-21'",
                "google|chat|",
                "anthropic|auto|"
            },
            quoteCharacter = '"')
    void everyOtherChoiceIsTaken(String type, String api, @Nullable String more) {
        GatewayConfig config = ConfigFile.parse("config.toml", provider(type, api, more), name -> null);

        assertThat(config.providers().getFirst().connection().api())
                .isEqualTo(ProviderApi.valueOf(api.toUpperCase(Locale.ROOT)));
    }
}
