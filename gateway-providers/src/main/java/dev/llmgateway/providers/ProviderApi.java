package dev.llmgateway.providers;

import java.util.Locale;

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

    /** The word for it in configuration files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
