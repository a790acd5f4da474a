package dev.llmgateway.bench;

import java.nio.charset.StandardCharsets;

/** The wire formats that the load generator speaks and the mock upstream answers. */
enum Dialect {
    OPENAI("openai", "/v1/chat/completions", "[DONE]"),
    ANTHROPIC("anthropic", "/v1/messages", "message_stop"),
    RESPONSES("responses", "/v1/responses", "response.completed");

    private final String label;
    private final String path;
    private final byte[] terminator;

    Dialect(String label, String path, String terminator) {
        this.label = label;
        this.path = path;
        this.terminator = terminator.getBytes(StandardCharsets.US_ASCII);
    }

    /** The name used in scenario names and provider ids. */
    String label() {
        return label;
    }

    /** The request path, query left out. */
    String path() {
        return path;
    }

    /** What a complete event stream has behind its last word. */
    byte[] terminator() {
        return terminator.clone();
    }

    /** Whether a stream tells its whole text again at its end. */
    boolean repeatsText() {
        return this == RESPONSES;
    }

    /** The dialect of a request, by its path; a base path in front of it does not matter. */
    static Dialect ofRequestLine(String requestLine) {
        if (requestLine.contains("/responses")) {
            return RESPONSES;
        }
        return requestLine.contains("/messages") ? ANTHROPIC : OPENAI;
    }
}
