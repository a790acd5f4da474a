package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes a complete tool call, as requests and unary answers have it. */
final class ToolCallWriter {

    /** What Google says to send with calls that no model of its own made. */
    private static final String ANY_SIGNATURE = "skip_thought_signature_validator";

    private ToolCallWriter() {}

    /** The id that a call and its result are sent with: OpenAI refuses long ones, of the others it is not known. */
    static String id(String id, ModelTraits traits) {
        return traits.acceptsOpenAiExtras() ? ToolCallIds.forOpenAiChat(id) : id;
    }

    /**
     * The signature that a call is sent to Google with, or null.
     *
     * @param isFirst whether it is the first call of its turn, which alone carries one
     */
    static @Nullable String signature(Content.ToolCall call, boolean isFirst, ModelTraits traits) {
        OpaqueToken token = call.token();
        if (traits.isGoogleCompatible() && token != null && token.kind() == OpaqueToken.Kind.GEMINI_THOUGHT_SIGNATURE) {
            return token.value();
        }
        return isFirst && traits.needsCallSignatures() ? ANY_SIGNATURE : null;
    }

    /**
     * Writes a call as an array's next element.
     *
     * @param id the id to show
     * @param signature the thought signature for a reader that knows Google's {@code extra_content}, or null
     */
    static void write(Content.ToolCall call, String id, @Nullable String signature, JsonWriter out) {
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
        if (signature != null) {
            out.object("extra_content").object("google");
            out.text("thought_signature", signature).endObject().endObject();
        }
        call.extras().of(OPENAI_CHAT).forEach((name, value) -> {
            if (!name.equals("type") && !NestedMembers.belongs(name, custom ? "custom" : "function")) {
                out.node(name, value);
            }
        });
        out.endObject();
    }
}
