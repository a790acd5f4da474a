package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.codec.AnswerCallIds;
import dev.llmgateway.ir.codec.FrameEvents;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tool calls of one choice. Vendors differ in how a piece tells its call: by {@code index} (which need not start at 0,
 * and which Google has sent as 0 for every call), by id alone, or not at all.
 */
final class ToolCallStreams {

    private static final class Call {
        private String sentId = "";
        private String name = "";
        private boolean custom;
        private boolean hasArguments;
        private boolean legacy;
        private @Nullable FrameEvents since;
        private int part = -1;
        private @Nullable OpaqueToken token;
        private final StringBuilder held = new StringBuilder();
    }

    private final int choice;
    private final boolean google;
    private final IntSupplier nextPart;
    private final AnswerCallIds ids = new AnswerCallIds();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();
    private @Nullable OpaqueToken ofMessage;
    private FrameEvents out = new FrameEvents(OPENAI_CHAT);

    ToolCallStreams(int choice, boolean google, IntSupplier nextPart) {
        this.choice = choice;
        this.google = google;
        this.nextPart = nextPart;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void accept(JsonNode delta, FrameEvents events) {
        out = events;
        OpaqueToken signature = ToolCallReader.signature(delta.get("extra_content"));
        if (signature != null) {
            ofMessage = signature;
        }
        JsonNode pieces = delta.path("tool_calls");
        if (pieces.isArray()) {
            pieces.values().forEach(this::piece);
        }
        JsonNode legacy = delta.path("function_call");
        if (legacy.isObject()) {
            events.rewrite();
            Call call = calls.isEmpty() ? begin(0) : calls.getLast();
            call.legacy = true;
            grow(call, legacy, "arguments");
        }
        startReady();
    }

    /** Calls start in the order in which they began: clients run them in it. One that is not ready makes those behind it wait. */
    private void startReady() {
        for (Call call : calls) {
            if (call.part < 0) {
                if (!isReady(call)) {
                    return;
                }
                start(call);
            }
        }
    }

    /** True when a call waits for its name, id or signature: the frame's bytes must not overtake what comes anew. */
    boolean holdsBack() {
        return calls.stream().anyMatch(call -> call.part < 0);
    }

    /**
     * A client is told name and id once, at the start. A vendor may send them later, and Google its signature, which has to
     * be packed into the id; a call that lacks one of them waits for it, at most until the choice ends.
     */
    private boolean isReady(Call call) {
        boolean signed = !google || call.token != null || calls.getFirst() == call && ofMessage != null;
        return !call.name.isEmpty() && (call.legacy || !call.sentId.isEmpty() && signed);
    }

    private void piece(JsonNode piece) {
        boolean custom = piece.path("custom").isObject();
        JsonNode body = piece.path(custom ? "custom" : "function");
        String id = piece.path("id").stringValue("");
        Call call = find(piece, id, !body.path("name").stringValue("").isEmpty());
        if (call.part < 0) {
            call.custom = call.custom || custom;
            call.sentId = call.sentId.isEmpty() ? id : call.sentId;
            OpaqueToken token = ToolCallReader.signature(piece.get("extra_content"));
            call.token = token == null ? call.token : token;
        }
        grow(call, body, custom ? "input" : "arguments");
    }

    private Call find(JsonNode piece, String id, boolean named) {
        JsonNode index = piece.path("index");
        if (index.isInt()) {
            Call known = byIndex.get(index.intValue());
            if (known == null) {
                return begin(index.intValue());
            }
            boolean otherId = named && !id.isEmpty() && !known.sentId.isEmpty() && !id.equals(known.sentId);
            boolean wholeAgain = google && named && id.isEmpty() && (known.hasArguments || !known.held.isEmpty());
            if (!otherId && !wholeAgain) {
                return known;
            }
            out.rewrite();
            return begin(index.intValue());
        }
        out.rewrite();
        boolean ofLast = !named
                && !calls.isEmpty()
                && (id.isEmpty() || calls.getLast().sentId.isEmpty());
        return ofLast ? calls.getLast() : byId(id);
    }

    private Call byId(String id) {
        for (Call call : calls) {
            if (!id.isEmpty() && call.sentId.equals(id)) {
                return call;
            }
        }
        return begin(calls.size());
    }

    private Call begin(int index) {
        Call call = new Call();
        calls.add(call);
        byIndex.put(index, call);
        return call;
    }

    private void grow(Call call, JsonNode body, String argumentsName) {
        if (call.name.isEmpty()) {
            call.name = body.path("name").stringValue("");
        }
        JsonNode arguments = body.path(argumentsName);
        String text = arguments.isObject() ? arguments.toString() : arguments.stringValue("");
        if (call.part >= 0) {
            // Even if there are none: who writes the call anew must not pass on the chunk that has it.
            arguments(call, text);
            return;
        }
        call.held.append(text);
        call.since = call.since == null ? out : call.since;
    }

    private void start(Call call) {
        String id = ids.choose(call.sentId);
        if (call.token == null && calls.getFirst() == call) {
            call.token = ofMessage;
        }
        OpaqueToken token = call.token;
        if (!id.equals(call.sentId) || token != null || call.since != out) {
            out.rewrite();
        }
        int part = nextPart.getAsInt();
        call.part = part;
        Extras extras = call.custom ? FreeTextCalls.mark(Extras.NONE) : Extras.NONE;
        Content initial = new Content.ToolCall(id, call.name, "", null, extras);
        out.add(wire -> new ChatEvent.PartStarted(choice, part, initial, wire));
        if (token != null) {
            out.add(wire -> new ChatEvent.TokenAttached(choice, part, token, wire));
        }
        if (!call.held.isEmpty()) {
            arguments(call, call.held.toString());
            call.held.setLength(0);
        }
    }

    private void arguments(Call call, String text) {
        call.hasArguments |= !text.isEmpty();
        int part = call.part;
        out.add(wire -> new ChatEvent.ArgumentsDelta(choice, part, text, wire));
    }

    /** The choice ends, and all its calls with it. */
    void end(FrameEvents events) {
        out = events;
        for (Call call : calls) {
            if (call.name.isEmpty()) {
                throw new MalformedAnswerException("a tool call has no name");
            }
            if (call.part < 0) {
                start(call);
            }
            if (!call.hasArguments && !call.custom) {
                arguments(call, "{}");
            }
            int part = call.part;
            out.add(wire -> new ChatEvent.PartEnded(choice, part, wire));
        }
    }
}
