package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.LongToolNames;
import dev.llmgateway.ir.codec.NewCallIds;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool calls of an answer as an Anthropic client sees them. For one answer; not thread safe. */
final class ClientCalls {

    private final NewCallIds ids;
    private final LongToolNames names;

    ClientCalls(ChatRequest request) {
        ids = new NewCallIds(request);
        names = new LongToolNames(request);
    }

    /** An id of Anthropic's alphabet, never empty, that the conversation does not have already, Gemini's signature inside. */
    String id(String id, @Nullable OpaqueToken token) {
        String legal = id.isBlank() ? ToolCallIds.mint() : ToolCallIds.forAnthropic(id);
        return ToolCallIds.forClient(ids.of(legal), token);
    }

    /** Whether the client sees the calls among these parts under the ids that they have. */
    boolean keepIds(List<Content> parts) {
        for (Content part : parts) {
            if (part instanceof Content.ToolCall call
                    && !id(call.id(), call.token()).equals(call.id())) {
                return false;
            }
        }
        return true;
    }

    /** The name under which the client offered the tool. */
    String name(String name) {
        return names.original(name);
    }
}
