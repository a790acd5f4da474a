package dev.llmgateway.server.config;

/** The kinds of provider that the gateway can speak to. */
public enum ProviderType {
    ANTHROPIC,
    OPENAI,
    GOOGLE,
    DEEP_INFRA,
    GROQ,
    AZURE_OPENAI,
    LOCAL;

    /** Returns the word that the file uses: {@code deep_infra}. */
    public String word() {
        return EnumWords.wordOf(this);
    }

    /** True when there is no default address, so that the operator must give one. */
    boolean needsEndpoint() {
        return this == AZURE_OPENAI || this == LOCAL;
    }
}
