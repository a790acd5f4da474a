package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import tools.jackson.databind.JsonNode;

/** Whether a caller of Chat Completions reads the usage of its stream, as its {@code stream_options} say. */
public final class UsageOfStreams {

    /** The request's member that says it. */
    public static final String OPTIONS = "stream_options";

    /** The member of the options. */
    public static final String INCLUDE_USAGE = "include_usage";

    private UsageOfStreams() {}

    /** Whether the caller asked for it; all other formats tell it unasked. */
    public static boolean isWanted(ChatRequest request) {
        JsonNode options = request.extras().member(OPENAI_CHAT, OPTIONS);
        return options != null && options.path(INCLUDE_USAGE).booleanValue(false);
    }
}
