package dev.llmgateway.providers.simulated;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the simulator understands of a chat request, in any dialect.
 *
 * @param tools the tools that may be called now: empty when there are none, or when the request forbids calls
 * @param body the request as it came
 */
record Prompt(String model, Input input, Tools tools, Output output, JsonNode body) {

    /**
     * The end of the conversation.
     *
     * @param userText all text of the last user message; empty when tool results come last
     * @param toolResults what the tools said, when their results come last
     * @param images how many images the last user message holds
     * @param tokens estimated length of the whole prompt, at least 1
     */
    record Input(String userText, List<String> toolResults, int images, int tokens) {}

    record Tools(List<Tool> callable, boolean parallel) {}

    /**
     * A tool.
     *
     * @param schema of the arguments; of no meaning when the tool takes free text
     * @param namespace the group that it was declared in, or null
     */
    record Tool(
            String name,
            JsonNode schema,
            boolean takesFreeText,
            @Nullable String namespace) {

        Tool(String name, JsonNode schema) {
            this(name, schema, false, null);
        }
    }

    /**
     * What the answer has to look like.
     *
     * @param includeUsage whether a stream reports the usage
     * @param maxTokens at least 1
     * @param schema the JSON schema of the answer, or null for text
     * @param choices how many answers, at least 1
     */
    record Output(
            boolean stream,
            boolean includeUsage,
            int maxTokens,
            List<String> stops,
            @Nullable JsonNode schema,
            Thinking thinking,
            int choices) {}

    /** Whether the answer begins with a train of thought, and whether its text is shown. */
    enum Thinking {
        NONE,
        SHOWN,
        OMITTED
    }
}
