package dev.llmgateway.ir.anthropic;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.ir.sse.SseBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The content block that a client is being shown. Its start is written when there is something to show: an empty text
 * would be refused when the client sends it back, and a tool call's id may still get a signature packed in. Not thread
 * safe.
 */
final class OpenBlock {

    private static final int UNWRITTEN = -1;

    private final int part;
    private final Content initial;
    private final ClientCalls calls;
    private int index = UNWRITTEN;
    private boolean hasArguments;
    private boolean ended;
    private @Nullable OpaqueToken token;
    private String signed = "";

    OpenBlock(ChatEvent.PartStarted start, ClientCalls calls) {
        this.calls = calls;
        this.part = start.part();
        this.initial = start.initial();
        this.token = start.initial() instanceof Content.ToolCall call ? call.token() : null;
    }

    int part() {
        return part;
    }

    boolean isWritten() {
        return index != UNWRITTEN;
    }

    /** The block's index on the wire; only when written. */
    int index() {
        return index;
    }

    /** Its start went out in the bytes that it came in. */
    void wasWrittenAs(int at) {
        index = at;
    }

    /** A fragment of arguments went out in the bytes that it came in. */
    void sawArguments() {
        hasArguments = true;
    }

    boolean isToolCall() {
        return initial instanceof Content.ToolCall;
    }

    boolean isText() {
        return initial instanceof Content.Text;
    }

    /** All of its text has come. */
    void ended() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isRefusal() {
        return initial instanceof Content.Refusal;
    }

    /**
     * Writes what can be shown at once.
     *
     * @param next the index of the block that is written next
     */
    void begin(int next, SseBuffer to) {
        if (initial instanceof Content.Vendor vendor && vendor.dialect() == Dialect.ANTHROPIC_MESSAGES) {
            Frames.vendorStart(to, next, vendor.json());
            index = next;
        } else if (initial instanceof Content.Reasoning reasoning && reasoning.token() != null) {
            token(reasoning.token(), next, to);
        }
    }

    /** Writes an event of this part, with the block's start if that is due. */
    void write(ChatEvent event, int next, SseBuffer to) {
        switch (event) {
            case ChatEvent.TextDelta delta -> text(delta, "text_delta", "text", next, to);
            case ChatEvent.RefusalDelta delta -> text(delta, "text_delta", "text", next, to);
            case ChatEvent.ReasoningDelta delta -> text(delta, "thinking_delta", "thinking", next, to);
            case ChatEvent.ArgumentsDelta delta -> {
                hasArguments = hasArguments || !delta.text().isEmpty();
                text(delta, "input_json_delta", "partial_json", next, to);
            }
            case ChatEvent.TokenAttached attached -> token(attached.token(), next, to);
            case ChatEvent.VendorDelta delta -> {
                if (delta.dialect() == Dialect.ANTHROPIC_MESSAGES && open(next, to)) {
                    Frames.vendorDelta(to, index, delta.delta());
                }
            }
            default -> throw new IllegalStateException("not an event of a part");
        }
    }

    private void text(ChatEvent.Delta delta, String type, String member, int next, SseBuffer to) {
        if (!delta.text().isEmpty() && open(next, to)) {
            Frames.delta(to, index, type, member, delta.text());
        }
    }

    /** What the client has not read yet of what is sealed; a signature may come in pieces, of which clients make one. */
    String unsigned(OpaqueToken soFar) {
        String shown = Seals.shown(soFar);
        String rest = shown.startsWith(signed) ? shown.substring(signed.length()) : shown;
        signed = shown;
        return rest;
    }

    private void token(OpaqueToken attached, int next, SseBuffer to) {
        switch (attached.kind()) {
            case ANTHROPIC_SIGNATURE, OPENAI_ENCRYPTED -> {
                if (open(next, to)) {
                    Frames.delta(to, index, "signature_delta", "signature", unsigned(attached));
                }
            }
            case ANTHROPIC_REDACTED -> {
                if (!isWritten()) {
                    index = next;
                    Frames.blockStart(
                            to,
                            index,
                            out -> out.text("type", "redacted_thinking").text("data", Seals.shown(attached)));
                }
            }
            case GEMINI_THOUGHT_SIGNATURE -> token = attached;
        }
    }

    /** Ends the block if it was ever shown; a tool call always is. */
    void end(int next, SseBuffer to) {
        if (isToolCall()) {
            open(next, to);
            if (!hasArguments) {
                Frames.delta(to, index, "input_json_delta", "partial_json", "");
            }
        }
        if (isWritten()) {
            Frames.blockStop(to, index);
        }
    }

    /** Writes the start if it is still due; false when such a part cannot be shown. */
    boolean open(int next, SseBuffer to) {
        if (!isWritten() && canOpen()) {
            index = next;
            Frames.blockStart(to, next, this::writeStart);
        }
        return isWritten();
    }

    /** A vendor's own block was written when it began, or is not for this client; media cannot be shown at all. */
    private boolean canOpen() {
        return switch (initial) {
            case Content.Text ignored -> true;
            case Content.Refusal ignored -> true;
            case Content.Reasoning ignored -> true;
            case Content.ToolCall ignored -> true;
            case Content.Vendor ignored -> false;
            case Content.Image ignored -> false;
            case Content.Document ignored -> false;
            case Content.Audio ignored -> false;
            case Content.ToolResult ignored -> false;
            case Content.Numbers ignored -> false;
        };
    }

    private void writeStart(JsonWriter out) {
        if (initial instanceof Content.ToolCall call) {
            out.text("type", "tool_use").text("id", calls.id(call.id(), token));
            out.text("name", calls.name(call.name())).object("input").endObject();
        } else if (initial instanceof Content.Reasoning) {
            out.text("type", "thinking").text("thinking", "").text("signature", "");
        } else {
            out.text("type", "text").text("text", "");
        }
        out.members(initial.extras().of(Dialect.ANTHROPIC_MESSAGES));
    }
}
