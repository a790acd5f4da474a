package dev.llmgateway.api.records;

import org.jspecify.annotations.Nullable;

/**
 * What was said in a call, after sanitization, as JSON in the caller's dialect.
 *
 * @param request null when the call ended before its request was sanitized, or it is too large to be kept
 * @param answer as far as it came; null when nobody answered, or it is too large to be kept
 */
public record Bodies(@Nullable String request, @Nullable String answer) {

    /** About how many bytes of memory this takes. */
    public long bytes() {
        return bytes(request) + bytes(answer);
    }

    /** A text of ASCII takes one byte per character, others take two. */
    static long bytes(@Nullable String text) {
        return text == null ? 0 : 2L * text.length();
    }
}
