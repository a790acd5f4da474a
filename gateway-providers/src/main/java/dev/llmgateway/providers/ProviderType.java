package dev.llmgateway.providers;

import dev.llmgateway.ir.Dialect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of upstream that the gateway speaks to: a wire format, the usual address, and how the key is sent. */
public enum ProviderType {
    ANTHROPIC("https://api.anthropic.com", "", KeyHeader.X_API_KEY),
    OPENAI("https://api.openai.com", "/v1", KeyHeader.BEARER),
    /** Gemini, by its endpoint that is compatible with OpenAI's. */
    GOOGLE("https://generativelanguage.googleapis.com", "/v1beta/openai", KeyHeader.BEARER),
    DEEP_INFRA("https://api.deepinfra.com", "/v1/openai", KeyHeader.BEARER),
    GROQ("https://api.groq.com", "/openai/v1", KeyHeader.BEARER),
    /** OpenAI's models at Azure. There is no usual address: every resource has its own. */
    AZURE_OPENAI(null, "", KeyHeader.API_KEY),
    /** Ollama, vLLM, llama.cpp and whatever else speaks OpenAI's format. There is no usual address. */
    LOCAL(null, "/v1", KeyHeader.BEARER);

    /** The header that carries the key. */
    enum KeyHeader {
        BEARER("authorization", "Bearer "),
        X_API_KEY("x-api-key", ""),
        API_KEY("api-key", "");

        private final String header;
        private final String prefix;

        KeyHeader(String header, String prefix) {
            this.header = header;
            this.prefix = prefix;
        }

        String header() {
            return header;
        }

        String value(String key) {
            return prefix + key;
        }
    }

    private final @Nullable String host;
    private final String path;
    private final KeyHeader keyHeader;

    ProviderType(@Nullable String host, String path, KeyHeader keyHeader) {
        this.host = host;
        this.path = path;
        this.keyHeader = keyHeader;
    }

    /** The word for it in configuration files, {@code deep_infra} for example. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The address that is used when none is configured, or null when one must be. */
    public @Nullable String defaultEndpoint() {
        return host == null ? null : host + path;
    }

    /** The wire format. */
    public Dialect dialect() {
        return this == ANTHROPIC ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT;
    }

    /** The name of the service in OpenTelemetry's list of {@code gen_ai.provider.name}, or the word where it has none. */
    String serviceName() {
        return switch (this) {
            case ANTHROPIC, OPENAI, GROQ, DEEP_INFRA, LOCAL -> word();
            case GOOGLE -> "gcp.gemini";
            case AZURE_OPENAI -> "azure.ai.openai";
        };
    }

    /** Whether it may serve embedding models; Anthropic and Groq have none. */
    public boolean hasEmbeddings() {
        return this != ANTHROPIC && this != GROQ;
    }

    /** The path of the vendor's API, which an address without a path gets. */
    String usualPath() {
        return path;
    }

    KeyHeader keyHeader() {
        return keyHeader;
    }
}
