package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.NewCallIds;
import dev.llmgateway.ir.codec.ToolCallIds;
import org.jspecify.annotations.Nullable;

/**
 * The ids of an answer's tool calls as an Anthropic client sees them: of Anthropic's alphabet, never empty, none that the
 * conversation has already, Gemini's signature inside.
 */
final class ClientCallIds {

    private final NewCallIds ids;

    ClientCallIds(ChatRequest request) {
        ids = new NewCallIds(request);
    }

    String of(String id, @Nullable OpaqueToken token) {
        String legal = id.isBlank() ? ToolCallIds.mint() : ToolCallIds.forAnthropic(id);
        return ToolCallIds.forClient(ids.of(legal), token);
    }
}
