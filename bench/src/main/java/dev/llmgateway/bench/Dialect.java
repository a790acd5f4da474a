package dev.llmgateway.bench;

import java.nio.charset.StandardCharsets;

/** The two wire formats that the load generator speaks and the mock upstream answers. */
enum Dialect {
    OPENAI("openai", "/v1/chat/completions", "[DONE]"),
    ANTHROPIC("anthropic", "/v1/messages", "message_stop");

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

    /** What the end of a complete event stream contains. */
    byte[] terminator() {
        return terminator.clone();
    }

    /** The dialect to translate to. */
    Dialect other() {
        return this == OPENAI ? ANTHROPIC : OPENAI;
    }

    /** The dialect of a request, by its path; a base path in front of it does not matter. */
    static Dialect ofRequestLine(String requestLine) {
        return requestLine.contains("/messages") ? ANTHROPIC : OPENAI;
    }
}
