package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.json.JsonWriter;

/** Writes a complete tool call, as requests and unary answers have it. */
final class ToolCallWriter {

    private ToolCallWriter() {}

    /**
     * Writes a call as an array's next element.
     *
     * @param id the id to show
     * @param google whether the reader knows Google's {@code extra_content}
     */
    static void write(Content.ToolCall call, String id, boolean google, JsonWriter out) {
        boolean custom = FreeTextCalls.isMarked(call);
        out.object().text("id", id).text("type", custom ? "custom" : "function");
        if (custom) {
            out.object("custom").text("name", call.name()).text("input", call.arguments());
            NestedMembers.write(call.extras(), "custom", out);
        } else {
            String arguments = call.arguments().isEmpty() ? "{}" : call.arguments();
            out.object("function").text("name", call.name()).text("arguments", arguments);
            NestedMembers.write(call.extras(), "function", out);
        }
        out.endObject();
        OpaqueToken token = call.token();
        if (google && token != null && token.kind() == OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE) {
            out.object("extra_content").object("google");
            out.text("thought_signature", token.value()).endObject().endObject();
        }
        call.extras().of(OPENAI_CHAT).forEach((name, value) -> {
            if (!name.equals("type") && !NestedMembers.belongs(name, custom ? "custom" : "function")) {
                out.node(name, value);
            }
        });
        out.endObject();
    }
}
