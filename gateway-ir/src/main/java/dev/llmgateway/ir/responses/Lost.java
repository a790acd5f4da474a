package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.Dialect;
import org.jspecify.annotations.Nullable;

/** What a provider that speaks Responses may not take, and how each caller names it. */
enum Lost {
    STOP("stop", "stop_sequences", "stop"),
    THINKING("reasoning_effort", "thinking", "reasoning.effort"),
    EFFORT("reasoning_effort", "output_config.effort", "reasoning.effort"),
    SCHEMA("response_format.json_schema", "output_config.format", "text.format"),
    REASONING_HISTORY("messages[].reasoning_content", "messages[].content[].thinking", "input[].summary"),
    SEALED_REASONING("messages[].reasoning_details", "messages[].content[].signature", "input[].encrypted_content"),
    CACHE_MARK("prompt_cache_breakpoint", "cache_control", "prompt_cache_breakpoint");

    private final String chat;
    private final String anthropic;
    private final String responses;

    Lost(String chat, String anthropic, String responses) {
        this.chat = chat;
        this.anthropic = anthropic;
        this.responses = responses;
    }

    /** The name in the caller's dialect; a request built in code speaks Chat Completions' words. */
    String nameIn(@Nullable Dialect caller) {
        if (caller == Dialect.ANTHROPIC_MESSAGES) {
            return anthropic;
        }
        return caller == Dialect.OPENAI_RESPONSES ? responses : chat;
    }
}
