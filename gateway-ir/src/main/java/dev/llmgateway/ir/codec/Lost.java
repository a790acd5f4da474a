package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What a model may not take of a request, and how its callers name it; those of Responses by what {@link ResponsesMembers#nameOf}
 * makes of the name in Chat Completions.
 */
public enum Lost {
    TEMPERATURE("temperature", "temperature"),
    TOP_P("top_p", "top_p"),
    TOP_K("top_k", "top_k"),
    SEED("seed", "seed"),
    FREQUENCY_PENALTY("frequency_penalty", "frequency_penalty"),
    PRESENCE_PENALTY("presence_penalty", "presence_penalty"),
    STOP("stop", "stop_sequences"),
    /** The bound of the answer; whoever said it under its older name in Chat Completions is told that one. */
    OUTPUT_LIMIT("max_completion_tokens", "max_tokens"),
    REASONING("reasoning_effort", "thinking"),
    EFFORT("reasoning_effort", "output_config.effort"),
    BUDGET("thinking.budget_tokens", "thinking.budget_tokens"),
    DISPLAY("thinking.display", "thinking.display"),
    TOOL_CHOICE("tool_choice", "tool_choice"),
    PARALLEL_TOOLS("parallel_tool_calls", "tool_choice.disable_parallel_tool_use"),
    /** That the answer is JSON is asked for in words. */
    JSON("response_format.type", "output_config.format"),
    /** The schema is asked for in words. */
    SCHEMA("response_format.json_schema", "output_config.format"),
    /** A keyword of the schema, or all that it is. */
    SCHEMA_KEYWORD("response_format.json_schema.schema", "output_config.format.schema"),
    SCHEMA_DESCRIPTION("response_format.json_schema.description", "output_config.format.description"),
    REASONING_HISTORY("messages[].reasoning_content", "messages[].content[].thinking"),
    /** What a provider sealed, which only its maker can read. */
    SEALED_REASONING("messages[].reasoning_details", "messages[].content[].signature"),
    /** The same without any text. */
    REDACTED_REASONING("messages[].reasoning_details", "messages[].content[].data"),
    IMAGE_DETAIL("messages[].content[].image_url.detail", "messages[].content[].detail"),
    FILE_NAME("messages[].content[].file.filename", "messages[].content[].title"),
    PART("messages[].content[]", "messages[].content[]"),
    CACHE_MARK("prompt_cache_breakpoint", "cache_control"),
    /** One of more marks than Anthropic takes. */
    CACHE_MARK_OF_PART("messages[].content[].prompt_cache_breakpoint", "cache_control");

    private final String chat;
    private final String anthropic;

    Lost(String chat, String anthropic) {
        this.chat = chat;
        this.anthropic = anthropic;
    }

    /** The name in the words of Anthropic's callers, or else of Chat Completions, which a request built in code speaks. */
    String nameIn(@Nullable Dialect caller) {
        return caller == Dialect.ANTHROPIC_MESSAGES ? anthropic : chat;
    }
}
