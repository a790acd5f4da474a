package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
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
 * next event of its part, or for a later call, because the id that the client sees may have to carry a token that comes with it.
 */
final class ShownCalls {

    /** One call. */
    static final class Call {
        private final int index;
        /** Whether the provider's bytes tell of it in other words than the client reads. */
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

    /**
     * A call starts in a chunk that goes out as it came, with the index that the vendor chose. The starts of those before it are
     * written by now.
     */
    void startedInBytes(ChatEvent.PartStarted start, WireForm form, Starter starter) {
        if (start.initial() instanceof Content.ToolCall call) {
            releaseUpTo(start.choice(), start.part(), starter);
            int index = vendorIndex(start.choice(), call.id(), form);
            calls.put(place(start), new Call(index, false, call, false));
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

    /**
     * A call starts whose start is to be written anew. One of a chunk of the vendor's keeps its index, since its other chunks, and
     * those of the calls beside it, may go out as they come; it has no token, and so does not wait.
     */
    void started(ChatEvent.PartStarted start, Starter starter) {
        if (start.initial() instanceof Content.ToolCall call) {
            WireForm chunk = style.isLegacy() ? null : chunkOf(start);
            int index = chunk == null ? nextIndex(start.choice()) : vendorIndex(start.choice(), call.id(), chunk);
            boolean unwraps = style.unwraps(call);
            Content.ToolCall initial = style.shown(call);
            Call shown = new Call(index, chunk == null || unwraps, initial, unwraps);
            shown.waiting = initial;
            calls.put(place(start), shown);
            if (chunk != null) {
                release(start.choice(), start.part(), starter);
            }
        }
    }

    private static @Nullable WireForm chunkOf(ChatEvent event) {
        WireForm form = event.wire().form();
        return form == null || form.isWholeBody() || form.dialect() != Dialect.OPENAI_CHAT ? null : form;
    }

    private static Place place(ChatEvent.PartStarted start) {
        return new Place(start.choice(), start.part());
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

    /**
     * The call of this part, its start and those of the calls before it written by now; null when the part is no call, or none that
     * the client can see.
     */
    @Nullable
    Call release(int choice, int part, Starter starter) {
        Call call = calls.get(new Place(choice, part));
        if (call == null || isHidden(call)) {
            return null;
        }
        if (call.waiting != null) {
            releaseUpTo(choice, part, starter);
        }
        return call;
    }

    /** Client libraries put a call where the list of those before it ends, whatever its index. */
    private void releaseUpTo(int choice, int part, Starter starter) {
        calls.forEach((place, call) -> {
            if (place.choice() == choice && place.part() <= part && !isHidden(call)) {
                release(choice, call, starter);
            }
        });
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

    /** Whether one of the events tells of a call in other words than the client reads. */
    boolean areToldAnew(List<ChatEvent> events) {
        for (ChatEvent event : events) {
            if (isToldAnew(event)) {
                return true;
            }
        }
        return false;
    }

    private boolean isToldAnew(ChatEvent event) {
        return switch (event) {
            case ChatEvent.PartStarted start -> start.initial() instanceof Content.ToolCall call && style.unwraps(call);
            case ChatEvent.Delta delta -> isAnew(delta.choice(), delta.part());
            case ChatEvent.TokenAttached token -> isAnew(token.choice(), token.part());
            case ChatEvent.PartEnded ignored -> false;
            case ChatEvent.Started ignored -> false;
            case ChatEvent.VendorDelta ignored -> false;
            case ChatEvent.Finished ignored -> false;
            case ChatEvent.UsageReported ignored -> false;
            case ChatEvent.Ping ignored -> false;
            case ChatEvent.Vendor ignored -> false;
        };
    }

    /** Whether the part is a call of which the client reads nothing in the provider's bytes. */
    boolean isAnew(int choice, int part) {
        Call call = calls.isEmpty() ? null : calls.get(new Place(choice, part));
        return call != null && call.anew;
    }
}
