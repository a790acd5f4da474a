package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.codec.FreeTextCalls;
import dev.llmgateway.ir.codec.RawArguments;
import dev.llmgateway.ir.codec.ToolCallIds;
import dev.llmgateway.ir.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tool calls that a client has been shown, and under which index. A call whose start is written anew waits for the
 * next event of its part, because the id that the client sees may have to carry a token that comes with it.
 */
final class ShownCalls {

    /** One call. */
    static final class Call {
        private final int index;
        private final boolean anew;
        private final boolean custom;
        private Content.@Nullable ToolCall waiting;
        private boolean arguments;
        private final @Nullable StringBuilder wrapped;

        private Call(int index, boolean anew, Content.ToolCall initial, boolean unwraps) {
            this.index = index;
            this.anew = anew;
            this.wrapped = unwraps ? new StringBuilder() : null;
            this.custom = FreeTextCalls.isMarked(initial);
            this.waiting = anew ? initial : null;
        }

        int index() {
            return index;
        }

        boolean isCustom() {
            return custom;
        }

        /** Keeps a fragment of an object around a text, since only the whole object tells the text; false when it is none. */
        boolean keep(String fragment) {
            if (wrapped != null) {
                wrapped.append(fragment);
            }
            return wrapped != null;
        }

        /** The text inside the object that was kept; empty when none was. */
        String unwrapped() {
            return wrapped == null ? "" : RawArguments.unwrap(wrapped.toString());
        }

        boolean lacksArguments() {
            return !arguments && !custom;
        }
    }

    /** Writes the start of a call. */
    interface Starter {
        void begin(int choice, Call call, Content.ToolCall initial);
    }

    private record Place(int choice, int part) {}

    private final CallStyle style;
    private final Map<Place, Call> calls = new LinkedHashMap<>();

    ShownCalls(CallStyle style) {
        this.style = style;
    }

    /** A call starts in a chunk that goes out as it came, with the index that the vendor chose. */
    void startedInBytes(ChatEvent.PartStarted start, WireForm form) {
        if (start.initial() instanceof Content.ToolCall call) {
            int index = vendorIndex(start.choice(), call.id(), form);
            calls.put(new Place(start.choice(), start.part()), new Call(index, false, call, false));
        }
    }

    private int vendorIndex(int choice, String id, WireForm form) {
        for (JsonNode one : Json.parse(form.bytes()).path("choices").values()) {
            if (one.path("index").asInt(choice) == choice) {
                for (JsonNode call : one.path("delta").path("tool_calls").values()) {
                    if (call.path("id").stringValue("").equals(id)) {
                        return call.path("index").asInt(nextIndex(choice));
                    }
                }
            }
        }
        return nextIndex(choice);
    }

    /** A call starts whose start is to be written anew. */
    void started(ChatEvent.PartStarted start) {
        if (start.initial() instanceof Content.ToolCall call) {
            Call shown = new Call(nextIndex(start.choice()), true, style.shown(call), style.unwraps(call));
            calls.put(new Place(start.choice(), start.part()), shown);
        }
    }

    /** A running counter per choice: not the part's number, since texts are no calls. */
    private int nextIndex(int choice) {
        int next = 0;
        for (Map.Entry<Place, Call> call : calls.entrySet()) {
            if (call.getKey().choice() == choice) {
                next = Math.max(next, call.getValue().index + 1);
            }
        }
        return next;
    }

    void token(ChatEvent.TokenAttached token) {
        Call call = calls.get(new Place(token.choice(), token.part()));
        if (call != null && call.waiting != null) {
            Content.ToolCall initial = call.waiting;
            call.waiting = new Content.ToolCall(
                    initial.id(), initial.name(), initial.arguments(), token.token(), initial.extras());
        }
    }

    void hasArguments(int choice, int part) {
        Call call = calls.get(new Place(choice, part));
        if (call != null) {
            call.arguments = true;
        }
    }

    /** The call of this part, its start written by now; null when the part is no call, or none that the client can see. */
    @Nullable
    Call release(int choice, int part, Starter starter) {
        Call call = calls.get(new Place(choice, part));
        if (call == null || isHidden(call)) {
            return null;
        }
        release(choice, call, starter);
        return call;
    }

    void releaseAll(Starter starter) {
        calls.forEach((place, call) -> {
            if (!isHidden(call)) {
                release(place.choice(), call, starter);
            }
        });
    }

    /** The legacy format has room for one call. */
    private boolean isHidden(Call call) {
        return style.isLegacy() && call.index > 0;
    }

    private static void release(int choice, Call call, Starter starter) {
        Content.ToolCall initial = call.waiting;
        if (initial != null) {
            call.waiting = null;
            OpaqueToken token = initial.token();
            starter.begin(
                    choice,
                    call,
                    new Content.ToolCall(
                            ToolCallIds.forClient(initial.id(), token), initial.name(), "", null, initial.extras()));
        }
    }

    /** True when one of the events belongs to a call that the client knows under an index of ours, not the vendor's. */
    boolean wereWrittenAnew(List<ChatEvent> events) {
        return !calls.isEmpty() && events.stream().anyMatch(this::wasWrittenAnew);
    }

    private boolean wasWrittenAnew(ChatEvent event) {
        Place place = switch (event) {
            case ChatEvent.Delta delta -> new Place(delta.choice(), delta.part());
            case ChatEvent.PartEnded end -> new Place(end.choice(), end.part());
            case ChatEvent.TokenAttached token -> new Place(token.choice(), token.part());
            case ChatEvent.Started ignored -> null;
            case ChatEvent.PartStarted ignored -> null;
            case ChatEvent.VendorDelta ignored -> null;
            case ChatEvent.Finished ignored -> null;
            case ChatEvent.UsageReported ignored -> null;
            case ChatEvent.Ping ignored -> null;
            case ChatEvent.Vendor ignored -> null;
        };
        Call call = place == null ? null : calls.get(place);
        return call != null && call.anew;
    }
}
