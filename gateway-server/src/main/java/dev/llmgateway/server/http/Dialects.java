package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.DialectCodec;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The dialects that clients may speak, and which one an answer is written in.
 *
 * @param openAi OpenAI's, spoken wherever nothing tells otherwise
 */
record Dialects(DialectCodec openAi, DialectCodec anthropic) {

    static final String ANTHROPIC_VERSION = "anthropic-version";

    private static final String MESSAGES = "/v1/messages";

    /**
     * The dialect of whoever sends this: Anthropic's for its own paths, and for other paths than OpenAI's when the version
     * header is there.
     */
    DialectCodec of(String path, @Nullable String anthropicVersion) {
        boolean messages = path.startsWith(MESSAGES)
                && (path.length() == MESSAGES.length() || path.charAt(MESSAGES.length()) == '/');
        if (messages) {
            return anthropic;
        }
        return anthropicVersion == null || path.startsWith("/v1/chat/") ? openAi : anthropic;
    }

    /** The dialect of whoever sends this. */
    DialectCodec of(HttpServletRequest request) {
        return of(request.getRequestURI(), request.getHeader(ANTHROPIC_VERSION));
    }
}
