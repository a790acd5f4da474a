package dev.llmgateway.server.http;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a request brings along. Secrets.
 *
 * @param bearer of {@code Authorization: Bearer}, or null
 * @param apiKey of {@code x-api-key}, which Anthropic's SDKs send, or null
 */
record SentKeys(@Nullable String bearer, @Nullable String apiKey) {

    private static final String BEARER = "bearer ";

    /** The keys in these headers; a blank one is none. */
    static SentKeys of(UnaryOperator<@Nullable String> header) {
        return new SentKeys(bearer(header.apply("authorization")), filled(header.apply("x-api-key")));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? filled(authorization.substring(BEARER.length()))
                : null;
    }

    private static @Nullable String filled(@Nullable String key) {
        return key == null || key.isBlank() ? null : key.strip();
    }

    boolean isEmpty() {
        return bearer == null && apiKey == null;
    }

    @Override
    public String toString() {
        return "SentKeys[***]";
    }
}
