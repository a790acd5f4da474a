package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.ToolCallIds;
import org.jspecify.annotations.Nullable;

/** The ids of tool calls as an Anthropic client sees them: of Anthropic's alphabet, never empty, Gemini's signature inside. */
final class ClientCallIds {

    private ClientCallIds() {}

    static String of(String id, @Nullable OpaqueToken token) {
        String legal = id.isBlank() ? ToolCallIds.mint() : ToolCallIds.forAnthropic(id);
        return ToolCallIds.forClient(legal, token);
    }
}
