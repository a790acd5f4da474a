package dev.llmgateway.server.config;

import dev.llmgateway.providers.ProviderApi;
import dev.llmgateway.providers.ProviderType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a gateway that was started without a configuration file: those whose usual environment variables are
 * set, and an Ollama on its usual port.
 *
 * @param providers what was found, ready for {@link GatewayConfig#withProviders}; empty when nothing was
 * @param found a sentence for each provider that was found or that lacks something, without secrets
 */
public record FirstRun(List<ProviderConfig> providers, List<String> found) {
    private static final URI OLLAMA = URI.create("http://127.0.0.1:11434/v1");

    /** Copies the lists. */
    public FirstRun {
        providers = List.copyOf(providers);
        found = List.copyOf(found);
    }

    /**
     * Looks for providers.
     *
     * @param environment where keys are looked up, usually {@code System::getenv}; empty variables count as not set
     * @param ollamaAnswers tells whether an Ollama answers at the given OpenAI-compatible address; to be quick
     */
    public static FirstRun providers(Environment environment, Predicate<URI> ollamaAnswers) {
        Search search = new Search(environment);
        search.hosted("openai", ProviderType.OPENAI, "OpenAI", "OPENAI_API_KEY");
        search.hosted("anthropic", ProviderType.ANTHROPIC, "Anthropic", "ANTHROPIC_API_KEY");
        search.hosted("google", ProviderType.GOOGLE, "Google Gemini", "GEMINI_API_KEY", "GOOGLE_API_KEY");
        search.hosted("groq", ProviderType.GROQ, "Groq", "GROQ_API_KEY");
        search.hosted("deepinfra", ProviderType.DEEP_INFRA, "DeepInfra", "DEEPINFRA_API_KEY");
        search.azure();
        if (ollamaAnswers.test(OLLAMA)) {
            search.add("ollama", ProviderType.LOCAL, null, OLLAMA, "Ollama at " + OLLAMA);
        }
        return new FirstRun(search.providers, search.found);
    }

    /** One look round. */
    private static final class Search {
        private final Environment environment;
        private final ResilienceConfig resilience = GatewayConfig.defaults().resilience();
        private final List<ProviderConfig> providers = new ArrayList<>();
        private final List<String> found = new ArrayList<>();

        Search(Environment environment) {
            this.environment = environment;
        }

        /** Adds a provider with its default address if one of the variables is set; the first one wins. */
        void hosted(String id, ProviderType type, String name, String... variables) {
            for (String variable : variables) {
                Secret key = secret(variable);
                if (key != null) {
                    add(id, type, key, null, name + " (" + variable + ")");
                    return;
                }
            }
        }

        void azure() {
            Secret key = secret("AZURE_OPENAI_API_KEY");
            Secret address = secret("AZURE_OPENAI_ENDPOINT");
            if (key == null) {
                return;
            }
            URI endpoint = address == null ? null : HttpUrls.parse(address.reveal());
            if (endpoint != null) {
                add("azure", ProviderType.AZURE_OPENAI, key, endpoint, "Azure OpenAI (AZURE_OPENAI_API_KEY)");
            } else {
                found.add("not Azure OpenAI: AZURE_OPENAI_API_KEY is set, but AZURE_OPENAI_ENDPOINT is "
                        + (address == null ? "not" : "no http or https address"));
            }
        }

        void add(String id, ProviderType type, @Nullable Secret key, @Nullable URI endpoint, String words) {
            ProviderConfig.Connection connection =
                    new ProviderConfig.Connection(key, endpoint, null, null, ProviderApi.AUTO);
            providers.add(new ProviderConfig(
                    id, type, true, connection, null, resilience.retry(), resilience.circuitBreaker()));
            found.add(words);
        }

        private @Nullable Secret secret(String variable) {
            String value = environment.lookup(variable);
            return value == null || value.isBlank() ? null : new Secret(value.strip());
        }
    }
}
