package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.NewCallIds;
import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.codec.ToolCallIds;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the client that sent a request reads tool calls: those of its custom tools as free text, even when the provider only has
 * functions and the text came inside a JSON object, those of tools in a namespace under their bare name, and all with ids that the
 * conversation does not have already, Gemini's signature inside. For one answer; not thread safe.
 */
final class ClientCalls {

    private final Set<String> freeTextTools;
    private final Namespaces namespaces;
    private final NewCallIds ids;

    ClientCalls(ChatRequest request) {
        freeTextTools = FreeTextCalls.toolNames(request.toolUse());
        ids = new NewCallIds(request);
        namespaces = new Namespaces(request.toolUse());
    }

    /** The id that the client sees. */
    String id(Content.ToolCall call, @Nullable OpaqueToken token) {
        return ToolCallIds.forClient(ids.of(call.id()), token);
    }

    boolean isFreeText(Content.ToolCall call) {
        return FreeTextCalls.isMarked(call) || freeTextTools.contains(call.name());
    }

    /** Whether the call's arguments are an object around a text that the client wants by itself. */
    boolean unwraps(Content.ToolCall call) {
        return !FreeTextCalls.isMarked(call) && freeTextTools.contains(call.name());
    }

    /** The input as the client reads it; an empty text is no JSON, and means that there are no arguments. */
    String input(Content.ToolCall call, String arguments) {
        if (unwraps(call)) {
            return RawArguments.unwrap(arguments);
        }
        return arguments.isEmpty() && !isFreeText(call) ? "{}" : arguments;
    }

    /** Where the tool that is called belongs, or null. */
    Namespaces.@Nullable Place place(Content.ToolCall call) {
        return namespaces.of(call);
    }
}
