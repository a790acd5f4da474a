package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.CacheMark;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.UntranslatableException;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes content blocks, of requests and of answers. For one body and one thread. */
abstract class BlockWriter {

    private static final String CACHE_CONTROL = "cache_control";

    final JsonWriter out;

    BlockWriter(JsonWriter out) {
        this.out = out;
    }

    /** The id to write for a call. */
    abstract String callId(Content.ToolCall call);

    /** The name of the tool that is called. */
    String callName(Content.ToolCall call) {
        return call.name();
    }

    /** Whether a mark may be written here. */
    abstract boolean admits(CacheMark mark);

    /** What to write of what is sealed. */
    abstract String sealed(OpaqueToken token);

    /** Writes the members of a block that only one of the two sides has. */
    abstract void writeMedia(Content media);

    /** Writes one block. */
    final void write(Content part) {
        if (part instanceof Content.Vendor vendor) {
            out.node(vendor.json());
            return;
        }
        out.object();
        switch (part) {
            case Content.Text text -> text(text.text());
            case Content.Refusal refusal -> text(refusal.text());
            case Content.Reasoning reasoning -> reasoning(reasoning);
            case Content.ToolCall call -> toolCall(call);
            case Content.ToolResult result -> toolResult(result);
            case Content.Image image -> writeMedia(image);
            case Content.Document document -> writeMedia(document);
            case Content.Audio ignored ->
                throw new UntranslatableException("messages[].content[]", "Anthropic's models take no audio");
            case Content.Numbers ignored ->
                throw new UntranslatableException(
                        "messages[].content[]", "a chat is about texts, not their tokens' ids");
            case Content.Vendor ignored -> throw new IllegalStateException("written above");
        }
        extras(part.extras());
        out.endObject();
    }

    private void text(String text) {
        out.text("type", "text").text("text", text);
    }

    /** A reasoning without a signature is for display only; clients still expect the member. */
    private void reasoning(Content.Reasoning reasoning) {
        OpaqueToken token = reasoning.token();
        if (token != null && token.kind() == OpaqueToken.Kind.ANTHROPIC_REDACTED) {
            out.text("type", "redacted_thinking").text("data", sealed(token));
            return;
        }
        String text = reasoning.text();
        String signature = token == null ? "" : sealed(token);
        out.text("type", "thinking").text("thinking", text == null ? "" : text).text("signature", signature);
    }

    private void toolCall(Content.ToolCall call) {
        out.text("type", "tool_use").text("id", callId(call)).text("name", callName(call));
        writeInput(call);
    }

    /** Writes the member {@code input}. */
    void writeInput(Content.ToolCall call) {
        ToolInput.write(out, call.arguments());
    }

    private void toolResult(Content.ToolResult result) {
        out.text("type", "tool_result").text("tool_use_id", resultId(result));
        List<Content> parts = result.content();
        if (parts.size() == 1
                && parts.get(0) instanceof Content.Text text
                && text.extras().isEmpty()) {
            out.text("content", text.text());
        } else if (!parts.isEmpty()) {
            out.array("content");
            parts.forEach(this::write);
            out.endArray();
        }
        if (result.isError()) {
            out.bool("is_error", true);
        }
    }

    /** The id of the call that is answered. */
    String resultId(Content.ToolResult result) {
        return result.callId();
    }

    /** Writes the cache mark and Anthropic's own members. */
    final void extras(Extras extras) {
        CacheMark mark = extras.cacheMark();
        boolean marked = mark != null && admits(mark);
        if (mark != null && marked && extras.member(Dialect.ANTHROPIC_MESSAGES, CACHE_CONTROL) == null) {
            cacheControl(mark.ttl());
        }
        extras.of(Dialect.ANTHROPIC_MESSAGES).forEach((name, value) -> {
            if (marked || !name.equals(CACHE_CONTROL)) {
                out.node(name, value);
            }
        });
    }

    /** Another vendor's time to live is left to Anthropic's default. */
    private void cacheControl(@Nullable String ttl) {
        out.object(CACHE_CONTROL).text("type", "ephemeral");
        if (ttl != null && CacheMark.TTLS_OF_ANTHROPIC.contains(ttl)) {
            out.text("ttl", ttl);
        }
        out.endObject();
    }
}
