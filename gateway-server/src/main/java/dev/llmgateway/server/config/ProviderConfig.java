package dev.llmgateway.server.config;

import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.providers.ProviderApi;
import dev.llmgateway.providers.ProviderType;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One upstream: section {@code [[providers]]}.
 *
 * @param id the operator's name for it, unique in the file; letters, digits, {@code . _ -}
 * @param type which kind of provider it is
 * @param enabled false when it is kept in the file but not to be used
 * @param connection how to reach it
 * @param maxClassification the highest data classification that it may see, or null for the default
 * @param retry how calls to it are retried: the gateway's policy with this provider's changes
 * @param circuitBreaker when it is left alone: the gateway's breaker with this provider's changes
 */
public record ProviderConfig(
        String id,
        ProviderType type,
        boolean enabled,
        Connection connection,
        @Nullable DataClassification maxClassification,
        ResilienceConfig.Retry retry,
        ResilienceConfig.CircuitBreaker circuitBreaker) {

    /**
     * How to reach a provider.
     *
     * @param apiKey its key, or null when it needs none or the caller brings one
     * @param endpoint its address, or null for the default one of its type; never null for {@code azure_openai} and
     *     {@code local}
     * @param deployment Azure OpenAI's deployment, or null
     * @param apiVersion Azure OpenAI's API version, or null
     * @param api which of the APIs of OpenAI's format it is called by
     */
    public record Connection(
            @Nullable Secret apiKey,
            @Nullable URI endpoint,
            @Nullable String deployment,
            @Nullable String apiVersion,
            ProviderApi api) {}

    static List<ProviderConfig> readAll(Section file, ResilienceConfig resilience) {
        Set<String> ids = new HashSet<>();
        return file.sections("providers", provider -> read(provider, resilience, ids));
    }

    static ProviderConfig read(Section provider, ResilienceConfig resilience, Set<String> ids) {
        String id = readId(provider, ids);
        ProviderType type = readType(provider);
        Connection connection = new Connection(
                provider.secret("api_key"),
                provider.httpUrl("endpoint"),
                provider.optionalText("deployment"),
                provider.optionalText("api_version"),
                provider.word("api", ProviderApi.AUTO));
        requireApi(provider, type, connection);
        return new ProviderConfig(
                id,
                type,
                provider.flag("enabled", true),
                connection,
                provider.optionalWord("max_classification", DataClassification.class),
                provider.section("retry_policy", it -> ResilienceConfig.Retry.read(it, resilience.retry())),
                provider.section(
                        "circuit_breaker_config",
                        it -> ResilienceConfig.CircuitBreaker.read(it, resilience.circuitBreaker())));
    }

    private static String readId(Section provider, Set<String> ids) {
        String id = provider.requiredText("id", "every provider needs a name of its own, as in id = \"openai\"");
        if (!id.isEmpty() && !id.matches("[A-Za-z0-9._-]+")) {
            provider.wrong("id", "has a character that ids cannot have", "use letters, digits, '.', '_' and '-'");
        } else if (!id.isEmpty() && !ids.add(id)) {
            provider.wrong("id", "is taken by another provider", "every provider needs an id of its own");
        }
        return id;
    }

    private static void requireApi(Section provider, ProviderType type, Connection connection) {
        if (connection.api().isAt(type, connection.endpoint(), connection.apiVersion())) {
            return;
        }
        switch (type) {
            case ANTHROPIC -> provider.wrong("api", "is not for Anthropic, which has one API", "leave it out");
            case AZURE_OPENAI ->
                provider.wrong(
                        "api",
                        "is \"responses\", which Azure has since api_version \"2025-03-01-preview\"",
                        "set a later api_version, or leave that out for Azure's newest API");
            case GOOGLE, DEEP_INFRA, OPENAI, GROQ, LOCAL ->
                provider.wrong(
                        "api",
                        "is \"responses\", which providers of the type \"" + type.word() + "\" do not have",
                        "leave it out: callers of Responses are answered by Chat Completions; a server of your own that"
                                + " has it is of the type \"local\"");
        }
    }

    private static ProviderType readType(Section provider) {
        ProviderType type = provider.optionalWord("provider_type", ProviderType.class);
        if (type == null) {
            if (!provider.has("provider_type")) {
                provider.missing("provider_type", "it is one of " + new EnumWords<>(ProviderType.class).all());
            }
            return ProviderType.LOCAL;
        }
        if (type.defaultEndpoint() == null && !provider.has("endpoint")) {
            provider.missing("endpoint", "provider_type \"" + type.word() + "\" has no default address");
        }
        return type;
    }
}
