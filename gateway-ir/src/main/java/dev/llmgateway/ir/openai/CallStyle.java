package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.AnswerLosses;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RawArguments;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.BooleanNode;

/**
 * How the client that sent a request reads tool calls. One that sent {@code functions} reads a single {@code function_call};
 * one that sent tools of type {@code custom} reads calls of them as such, even when the provider only has functions and the
 * text came inside a JSON object.
 */
final class CallStyle {

    /** Remembers, among a request's extras, that its tools came under this older name. Never sent to a provider. */
    static final String LEGACY = AnswerLosses.ONE_FUNCTION_CALL;

    private final boolean legacy;
    private final Set<String> freeTextTools;

    private CallStyle(boolean legacy, Set<String> freeTextTools) {
        this.legacy = legacy;
        this.freeTextTools = freeTextTools;
    }

    static CallStyle of(ChatRequest request) {
        Set<String> freeText = FreeTextCalls.toolNames(request.toolUse());
        return new CallStyle(request.extras().member(OPENAI_CHAT, LEGACY) != null, freeText);
    }

    /** The extras of a request whose tools came as {@code functions}. */
    static Extras remember(Extras extras) {
        return extras.with(OPENAI_CHAT, LEGACY, BooleanNode.TRUE);
    }

    boolean isLegacy() {
        return legacy;
    }

    /** Whether the call's arguments are an object around a text that the client wants by itself. */
    boolean unwraps(Content.ToolCall call) {
        return FreeTextCalls.areWrapped(call, freeTextTools);
    }

    /** The call as the client reads it. */
    Content.ToolCall shown(Content.ToolCall call) {
        return unwraps(call)
                ? new Content.ToolCall(
                        call.id(),
                        call.name(),
                        RawArguments.unwrap(call.arguments()),
                        call.token(),
                        FreeTextCalls.mark(Extras.NONE))
                : call;
    }

    /** Whether the client can read the provider's own bytes of these parts. */
    boolean reads(List<Content> parts) {
        return parts.stream().noneMatch(part -> part instanceof Content.ToolCall call && (legacy || unwraps(call)));
    }
}
