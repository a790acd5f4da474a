package dev.llmgateway.ir;

import org.jspecify.annotations.Nullable;

/**
 * A provider's sealed state of its reasoning (Anthropic's {@code signature} and {@code redacted_thinking}, Gemini's
 * {@code thoughtSignature}, OpenAI's {@code encrypted_content}). It must come back unchanged, and only to the vendor
 * that made it, and where it is known which of the configured providers that was, only to that one.
 *
 * @param kind which field it travels in
 * @param value the token, unchanged
 * @param provider the configured provider's id that made it, or null when the conversation does not say
 */
public record OpaqueToken(Kind kind, String value, @Nullable String provider) {

    /** The vendor's field, which also tells the vendor. */
    public enum Kind {
        ANTHROPIC_SIGNATURE,
        ANTHROPIC_REDACTED,
        GEMINI_THOUGHT_SIGNATURE,
        OPENAI_ENCRYPTED
    }
}
