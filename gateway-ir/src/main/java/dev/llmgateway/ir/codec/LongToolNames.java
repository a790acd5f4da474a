package dev.llmgateway.ir.codec;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Message;
import dev.llmgateway.ir.Tool;
import dev.llmgateway.ir.ToolChoice;
import dev.llmgateway.ir.ToolUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of tools that are longer than other vendors take: Anthropic's callers may use 128 characters, and Claude Code does for tools
 * of plugins' servers ({@code mcp__plugin_<name>_<server>__<tool>}); OpenAI's formats have 64. The others get the beginning and a
 * hash, in definitions, choice and history alike, and the caller reads the long name again. For one request; not thread safe.
 */
public final class LongToolNames {

    private final Map<String, String> originals = new HashMap<>(0);

    /** Those of a request's tools. */
    public LongToolNames(ChatRequest request) {
        if (request.dialect() == ANTHROPIC_MESSAGES) {
            for (Tool tool : request.toolUse().tools()) {
                String shorter = shortened(tool.name());
                if (!shorter.equals(tool.name())) {
                    originals.put(shorter, tool.name());
                }
            }
        }
    }

    /** The request as it is written in OpenAI's formats; the same one when no name is too long. */
    public static ChatRequest shortened(ChatRequest request) {
        return request.dialect() != ANTHROPIC_MESSAGES || !hasLong(request)
                ? request
                : request.toBuilder()
                        .toolUse(shortened(request.toolUse()))
                        .messages(request.messages().stream()
                                .map(LongToolNames::shortened)
                                .toList())
                        .build();
    }

    /** A conversation may have calls of a tool that is not offered any more. */
    private static boolean hasLong(ChatRequest request) {
        for (Message message : request.messages()) {
            for (Content part : message.content()) {
                if (part instanceof Content.ToolCall call && isLong(call.name())) {
                    return true;
                }
            }
        }
        return request.toolUse().tools().stream().anyMatch(tool -> isLong(tool.name()));
    }

    private static boolean isLong(String name) {
        return !shortened(name).equals(name);
    }

    /** The name that the caller knows. */
    public String original(String name) {
        return originals.getOrDefault(name, name);
    }

    private static String shortened(String name) {
        return ToolCallIds.shortenedName(name);
    }

    private static ToolUse shortened(ToolUse use) {
        ToolChoice choice = use.choice();
        return new ToolUse(
                use.tools().stream().map(LongToolNames::shortened).toList(),
                choice == null
                        ? null
                        : new ToolChoice(
                                choice.mode(),
                                choice.names().stream()
                                        .map(LongToolNames::shortened)
                                        .toList()),
                use.parallel());
    }

    private static Tool shortened(Tool tool) {
        return switch (tool) {
            case Tool.Function it ->
                new Tool.Function(shortened(it.name()), it.description(), it.parameters(), it.strict(), it.extras());
            case Tool.Custom it -> new Tool.Custom(shortened(it.name()), it.description(), it.format(), it.extras());
            case Tool.Vendor it -> it;
        };
    }

    private static Message shortened(Message message) {
        boolean calls = message.content().stream().anyMatch(Content.ToolCall.class::isInstance);
        List<Content> parts = message.content();
        return calls
                ? message.withContent(
                        parts.stream().map(LongToolNames::shortened).toList())
                : message;
    }

    private static Content shortened(Content part) {
        return part instanceof Content.ToolCall call
                ? new Content.ToolCall(call.id(), shortened(call.name()), call.arguments(), call.token(), call.extras())
                : part;
    }
}
