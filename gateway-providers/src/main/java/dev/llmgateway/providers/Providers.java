package dev.llmgateway.providers;

import dev.llmgateway.api.spi.Provider;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Makes the providers that a gateway calls. The id is a name of your own choice; it leads the model's name in {@code
 * id/model} and tells providers of the same type apart.
 *
 * <pre>{@code
 * Provider openAi = Providers.openAi("openai", key);
 * Provider azure = Providers.builder(ProviderType.AZURE_OPENAI, "azure")
 *         .endpoint("https://example.openai.azure.com")
 *         .deployment("gpt-4o")
 *         .apiVersion("2024-10-21")
 *         .apiKey(key)
 *         .build();
 * }</pre>
 *
 * A provider keeps its connections for the next call; close it (or the gateway that has it) when done.
 */
public final class Providers {

    private Providers() {}

    /** OpenAI's API. */
    public static Provider openAi(String id, String apiKey) {
        return builder(ProviderType.OPENAI, id).apiKey(apiKey).build();
    }

    /** Anthropic's API. */
    public static Provider anthropic(String id, String apiKey) {
        return builder(ProviderType.ANTHROPIC, id).apiKey(apiKey).build();
    }

    /** Gemini's API. */
    public static Provider google(String id, String apiKey) {
        return builder(ProviderType.GOOGLE, id).apiKey(apiKey).build();
    }

    /** DeepInfra's API. */
    public static Provider deepInfra(String id, String apiKey) {
        return builder(ProviderType.DEEP_INFRA, id).apiKey(apiKey).build();
    }

    /** Groq's API. */
    public static Provider groq(String id, String apiKey) {
        return builder(ProviderType.GROQ, id).apiKey(apiKey).build();
    }

    /**
     * A resource of Azure OpenAI, by the API that needs no version; requests name the deployment as their model.
     *
     * @param endpoint the resource's address, {@code https://<name>.openai.azure.com}
     */
    public static Provider azureOpenAi(String id, String endpoint, String apiKey) {
        return builder(ProviderType.AZURE_OPENAI, id)
                .endpoint(endpoint)
                .apiKey(apiKey)
                .build();
    }

    /**
     * A server of your own that speaks OpenAI's format: Ollama, vLLM, llama.cpp.
     *
     * @param endpoint {@code http://localhost:11434/v1}, say
     */
    public static Provider local(String id, String endpoint) {
        return builder(ProviderType.LOCAL, id).endpoint(endpoint).build();
    }

    /** Starts a provider with further settings. */
    public static Builder builder(ProviderType type, String id) {
        return new Builder(type, id);
    }

    /** Settings of a provider. Not thread safe. */
    public static final class Builder {
        private final ProviderType type;
        private final String id;
        private @Nullable String apiKey;
        private @Nullable HttpUrl endpoint;
        private @Nullable String deployment;
        private @Nullable String apiVersion;
        private ProviderApi api = ProviderApi.AUTO;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private int maxAnswerBytes = 64 * 1024 * 1024;
        private boolean refusesForbiddenAddresses;

        private Builder(ProviderType type, String id) {
            if (id.isBlank()) {
                throw new IllegalArgumentException("a provider's id must not be empty");
            }
            this.type = type;
            this.id = id;
            String usual = type.defaultEndpoint();
            this.endpoint = usual == null ? null : HttpUrl.get(usual);
        }

        /**
         * The key; null, the default, sends none. White space around it is left out.
         *
         * @throws IllegalArgumentException when it has characters that no header can carry; the message does not show it
         */
        public Builder apiKey(@Nullable String key) {
            String stripped = key == null ? "" : key.strip();
            if (!HeaderValues.isValid(stripped)) {
                throw new IllegalArgumentException(
                        "the API key of provider \"" + id + "\" has characters that a key cannot have");
            }
            this.apiKey = stripped.isEmpty() ? null : stripped;
            return this;
        }

        /**
         * The address, with or without a slash at its end. An address without a path gets the vendor's usual one ({@code
         * /v1} for {@link ProviderType#LOCAL}).
         *
         * @throws IllegalArgumentException when it is not an http or https URL
         */
        public Builder endpoint(String url) {
            HttpUrl parsed = HttpUrl.parse(url.strip());
            if (parsed == null || !parsed.username().isEmpty() || parsed.query() != null) {
                throw new IllegalArgumentException("the endpoint of provider \"" + id
                        + "\" must be a URL such as https://host/path, without user and query");
            }
            this.endpoint = parsed;
            return this;
        }

        /** The deployment that serves every call, for Azure; unless set, the model's name is the deployment's. */
        public Builder deployment(@Nullable String name) {
            this.deployment = name;
            return this;
        }

        /** The API version, for Azure; unless set, the API that needs none is used. */
        public Builder apiVersion(@Nullable String version) {
            this.apiVersion = version;
            return this;
        }

        /**
         * Which API it is called by; {@link ProviderApi#AUTO} unless set.
         *
         * @throws IllegalArgumentException when the type is Anthropic, which has one API, and another is asked for
         */
        public Builder api(ProviderApi which) {
            if (type == ProviderType.ANTHROPIC && which != ProviderApi.AUTO) {
                throw new IllegalArgumentException("the API of provider \"" + id + "\" cannot be \"" + which.word()
                        + "\": Anthropic has one API, its own");
            }
            this.api = which;
            return this;
        }

        /**
         * How long a TCP connection may take to be accepted; 5 seconds unless set.
         *
         * @throws IllegalArgumentException when shorter than a millisecond
         */
        public Builder connectTimeout(Duration timeout) {
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException("connect timeout is " + timeout + ": it must be 1 ms or longer");
            }
            this.connectTimeout = timeout;
            return this;
        }

        /**
         * The largest complete answer, in bytes; 64 MiB unless set. A stream may be longer, but none of its events.
         *
         * @throws IllegalArgumentException when less than 1
         */
        public Builder maxAnswerBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("max answer bytes is " + bytes + ": it must be 1 or more");
            }
            this.maxAnswerBytes = bytes;
            return this;
        }

        /**
         * Never connects to a {@linkplain ForbiddenAddresses forbidden address}, whatever the endpoint's name will mean;
         * for endpoints that do not come from the operator's own file.
         */
        public Builder refuseForbiddenAddresses() {
            this.refusesForbiddenAddresses = true;
            return this;
        }

        /**
         * Makes the provider; nothing is sent yet.
         *
         * @throws IllegalStateException when the type needs an endpoint and none was set
         * @throws IllegalArgumentException when the endpoint's address is forbidden and such are refused
         */
        public Provider build() {
            return new HttpProvider(upstream(), client());
        }

        /**
         * Makes an embedder of one of the provider's models; nothing is sent yet. Close it when done.
         *
         * @param model the embedding model's id at the provider; at Azure the deployment's name
         * @param timeout for one text, from 1 ms
         * @throws IllegalStateException when the type has no embedding models, or needs an endpoint and none was set
         * @throws IllegalArgumentException when the model is blank, the timeout too short, or the endpoint's address is
         *     forbidden and such are refused
         */
        public ProviderEmbedder embedder(String model, Duration timeout) {
            if (!type.hasEmbeddings()) {
                throw new IllegalStateException(
                        "provider \"" + id + "\" is of type " + type.word() + ", which has no embedding models");
            }
            if (model.isBlank() || timeout.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "an embedder needs the name of a model and a timeout of 1 ms or longer");
            }
            return new ProviderEmbedder(upstream(), client(), model, timeout);
        }

        private OkHttpClient client() {
            Dns dns = refusesForbiddenAddresses ? ForbiddenAddresses::lookup : Dns.SYSTEM;
            return HttpClients.create(type, connectTimeout, dns);
        }

        private Upstream upstream() {
            if (endpoint == null) {
                throw new IllegalStateException("provider \"" + id + "\" needs an endpoint: " + type.word()
                        + " has no usual address; set it with endpoint(...)");
            }
            if (refusesForbiddenAddresses && ForbiddenAddresses.has(endpoint.host())) {
                throw new IllegalArgumentException(
                        "the endpoint of provider \"" + id + "\" has an address that providers must not have");
            }
            boolean azure = type == ProviderType.AZURE_OPENAI;
            Endpoints endpoints = new Endpoints(type, endpoint, azure ? deployment : null, azure ? apiVersion : null);
            return new Upstream(id, type, api, endpoints, apiKey, maxAnswerBytes, InstantSource.system());
        }
    }
}
