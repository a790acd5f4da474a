package dev.llmgateway.providers;

import java.net.URI;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Which API of OpenAI's format a provider is called by. Anthropic has one API of its own, whatever is said here. */
public enum ProviderApi {
    /**
     * The provider's own choice, call by call: OpenAI and Azure are called by Responses when the model has no Chat
     * Completions, when its Chat Completions would refuse tools beside reasoning, and when the caller speaks Responses
     * itself; all other calls go to Chat Completions.
     */
    AUTO,
    /** Always Chat Completions. */
    CHAT,
    /** Always Responses. Ollama, llama.cpp, vLLM and Groq have it, too. */
    RESPONSES;

    /**
     * Whether a provider has it, as far as can be told without asking: neither Google's nor DeepInfra's endpoint in OpenAI's format
     * has Responses, nor have Azure's old versions.
     *
     * @param endpoint the configured address, or null
     * @param apiVersion Azure's, or null
     */
    public boolean isAt(ProviderType type, @Nullable URI endpoint, @Nullable String apiVersion) {
        if (this == AUTO) {
            return true;
        }
        return switch (type) {
            case ANTHROPIC -> false;
            case GOOGLE, DEEP_INFRA -> this == CHAT;
            case OPENAI, GROQ, LOCAL -> true;
            case AZURE_OPENAI -> {
                HttpUrl address = endpoint == null ? null : HttpUrl.get(endpoint);
                yield this == CHAT || address == null || new Endpoints(type, address, null, apiVersion).hasResponses();
            }
        };
    }

    /** The word for it in configuration files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
