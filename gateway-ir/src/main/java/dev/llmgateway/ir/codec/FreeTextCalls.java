package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolUse;
import dev.llmgateway.ir.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The mark of calls whose input is free text ({@link Tool.Custom}), among their extras. A call without it holds JSON, if need be
 * an object around the text ({@link RawArguments}), because its provider knows functions only.
 */
public final class FreeTextCalls {

    /** The member that holds the mark: it is how Chat Completions itself tells such a call. */
    public static final String MARK = "type";

    private static final String CUSTOM = "custom";
    private static final JsonNode VALUE = Json.mapper().valueToTree(CUSTOM);
    private static final Extras MARKED = Extras.of(OPENAI_CHAT, Map.of(MARK, VALUE));

    private FreeTextCalls() {}

    /** The extras of a call with the mark added. */
    public static Extras mark(Extras extras) {
        return extras.isEmpty() ? MARKED : extras.with(OPENAI_CHAT, MARK, VALUE);
    }

    /** Whether the call's arguments are free text. */
    public static boolean isMarked(Content.ToolCall call) {
        JsonNode type = call.extras().member(OPENAI_CHAT, MARK);
        return type != null && type.isString() && CUSTOM.equals(type.stringValue());
    }

    /**
     * Whether the call's arguments are an object around a text that the client reads by itself.
     *
     * @param names those of its tools whose input is free text
     */
    public static boolean areWrapped(Content.ToolCall call, Set<String> names) {
        return names.contains(call.name()) && !isMarked(call);
    }

    /** The names of the tools whose input is free text. */
    public static Set<String> toolNames(ToolUse use) {
        return use.tools().stream()
                .filter(Tool.Custom.class::isInstance)
                .map(Tool::name)
                .collect(Collectors.toSet());
    }
}
