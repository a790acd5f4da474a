package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RawArguments;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the client that sent a request reads tool calls: those of its custom tools as free text, even when the provider only has
 * functions and the text came inside a JSON object, and those of tools in a namespace under their bare name. Immutable.
 */
final class ClientCalls {

    private final Set<String> freeTextTools;
    private final Namespaces namespaces;

    ClientCalls(ChatRequest request) {
        freeTextTools = FreeTextCalls.toolNames(request.toolUse());
        namespaces = new Namespaces(request.toolUse());
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
