package dev.llmgateway.server.http;

import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.openai.OpenAiChatCodec;
import dev.llmgateway.ir.responses.OpenAiResponsesCodec;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The dialects that clients may speak, and which one an answer is written in.
 *
 * @param openAi OpenAI's Chat Completions; its errors are spoken wherever nothing tells otherwise
 * @param responses OpenAI's Responses
 */
record Dialects(DialectCodec openAi, DialectCodec anthropic, DialectCodec responses) {

    static final String ANTHROPIC_VERSION = "anthropic-version";

    private static final String MESSAGES = "/v1/messages";
    private static final String RESPONSES = "/v1/responses";

    /** The dialects as they are. */
    static Dialects all() {
        return new Dialects(new OpenAiChatCodec(), new AnthropicMessagesCodec(), new OpenAiResponsesCodec());
    }

    /**
     * The dialect of whoever sends this: Anthropic's for its own paths, and for other paths than OpenAI's when the version
     * header is there.
     */
    DialectCodec of(String path, @Nullable String anthropicVersion) {
        if (isAtOrBelow(MESSAGES, path)) {
            return anthropic;
        }
        if (isAtOrBelow(RESPONSES, path)) {
            return responses;
        }
        boolean isOpenAis = path.startsWith("/v1/chat/") || path.equals("/v1/embeddings");
        return anthropicVersion == null || isOpenAis ? openAi : anthropic;
    }

    private static boolean isAtOrBelow(String parent, String path) {
        return path.startsWith(parent) && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
    }

    /** The dialect of whoever sends this. */
    DialectCodec of(HttpServletRequest request) {
        return of(request.getRequestURI(), request.getHeader(ANTHROPIC_VERSION));
    }
}
