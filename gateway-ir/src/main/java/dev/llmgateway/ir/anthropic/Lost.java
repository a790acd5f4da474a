package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.Dialect;
import org.jspecify.annotations.Nullable;

/** What an Anthropic model may not take, and how each caller names it. */
enum Lost {
    TEMPERATURE("temperature", "temperature"),
    TOP_P("top_p", "top_p"),
    TOP_K("top_k", "top_k"),
    SEED("seed", "seed"),
    FREQUENCY_PENALTY("frequency_penalty", "frequency_penalty"),
    PRESENCE_PENALTY("presence_penalty", "presence_penalty"),
    STOP("stop", "stop_sequences"),
    REASONING("reasoning_effort", "thinking"),
    EFFORT("reasoning_effort", "output_config.effort"),
    BUDGET("reasoning_effort", "thinking.budget_tokens"),
    TOOL_CHOICE("tool_choice", "tool_choice"),
    PARALLEL("parallel_tool_calls", "tool_choice.disable_parallel_tool_use"),
    SCHEMA_DESCRIPTION("response_format.json_schema.description", "output_config.format.description"),
    SCHEMA("response_format.json_schema.schema", "output_config.format.schema"),
    REASONING_HISTORY("messages[].reasoning_content", "messages[].content[].thinking"),
    SEALED_REASONING("messages[].reasoning_details", "messages[].content[].signature"),
    IMAGE_DETAIL("messages[].content[].image_url.detail", "messages[].content[].detail"),
    PART("messages[].content[]", "messages[].content[]"),
    CACHE_MARK("messages[].content[].prompt_cache_breakpoint", "cache_control");

    private final String openAi;
    private final String anthropic;

    Lost(String openAi, String anthropic) {
        this.openAi = openAi;
        this.anthropic = anthropic;
    }

    /** The name in the caller's dialect; a request built in code speaks OpenAI's words. */
    String nameIn(@Nullable Dialect caller) {
        return caller == Dialect.ANTHROPIC_MESSAGES ? anthropic : openAi;
    }
}
