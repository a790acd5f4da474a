package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An item of an answer as far as a client has been shown it. A message has one part or more, every other item one. Not thread
 * safe.
 */
final class ShownItem {

    private static final Set<String> OF_MESSAGE = Set.of("id", "type", "status", "role", "content");
    private static final Set<String> OF_CALL = Set.of("id", "type", "status", Namespaces.MEMBER);
    private static final Set<String> OF_REASONING = Set.of("id", "type", "summary", "content");

    private final ClientCalls calls;
    private final List<ShownPart> parts = new ArrayList<>();
    private final Content first;
    private int index;
    private String id;
    private boolean done;
    private boolean cut;

    /**
     * An item that begins with this part.
     *
     * @param index its place in the answer
     */
    ShownItem(int index, ShownPart part, ClientCalls calls) {
        this.index = index;
        this.calls = calls;
        this.first = part.initial();
        this.id = ownId(part);
        add(part);
    }

    private static String ownId(ShownPart part) {
        JsonNode own = part.initial().extras().member(OPENAI_RESPONSES, "id");
        return switch (part.kind()) {
            case TEXT, REFUSAL -> idOr(part.ofItem().get("id"), () -> newId("msg"));
            case REASONING -> idOr(own, UnsealedReasoning::newId);
            case ARGUMENTS -> idOr(own, () -> newId("fc"));
            case FREE_TEXT -> idOr(own, () -> newId("ctc"));
            case WHOLE, HIDDEN ->
                idOr(
                        part.initial() instanceof Content.Vendor vendor
                                ? vendor.json().get("id")
                                : own,
                        () -> newId("item"));
        };
    }

    private static String idOr(@Nullable JsonNode own, Supplier<String> orNew) {
        String text = own == null ? "" : own.stringValue("");
        return text.isEmpty() ? orNew.get() : text;
    }

    /** OpenAI refuses an item whose id begins otherwise when it comes back. */
    private static String newId(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    void add(ShownPart part) {
        part.shownIn(this, parts.size());
        parts.add(part);
    }

    Content first() {
        return first;
    }

    List<ShownPart> parts() {
        return parts;
    }

    String id() {
        return id;
    }

    int index() {
        return index;
    }

    /** The client knows it by these. */
    void knownAs(int outputIndex, String itemId) {
        index = outputIndex;
        id = itemId;
    }

    boolean isMessage() {
        return parts.getFirst().kind().isInMessage();
    }

    /** Whether a text belongs into this message. */
    boolean takes(ShownPart part) {
        return isMessage()
                && part.kind().isInMessage()
                && !done
                && parts.getFirst().ofItem().equals(part.ofItem());
    }

    boolean isEnded() {
        return parts.stream().allMatch(ShownPart::isEnded);
    }

    /** Whether the client has been told that it is complete. */
    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    /** The model had more to say here. */
    void cut() {
        cut = true;
    }

    /** Whether only the answer's end, or the next item, tells if it is complete. */
    boolean mayBeCut() {
        return isMessage() || first instanceof Content.ToolCall;
    }

    /** Writes the item as it begins. */
    void writeStart(JsonWriter out) {
        write(out, "in_progress", false);
    }

    /** Writes the item with all that has come. */
    void write(JsonWriter out) {
        write(out, isEnded() && !cut ? "completed" : "incomplete", true);
    }

    private void write(JsonWriter out, String status, boolean whole) {
        if (first instanceof Content.ToolCall call) {
            call(call, out, status, whole);
        } else if (first instanceof Content.Reasoning reasoning) {
            reasoning(reasoning, out, whole);
        } else if (first instanceof Content.Vendor vendor) {
            out.node(vendor.json());
        } else {
            message(out, status, whole);
        }
    }

    private void message(JsonWriter out, String status, boolean whole) {
        out.object()
                .text("id", id)
                .text("type", "message")
                .text("status", status)
                .text("role", "assistant");
        out.array("content");
        if (whole) {
            parts.forEach(part -> part.write(out));
        }
        out.endArray();
        others(parts.getFirst().ofItem(), OF_MESSAGE, out);
    }

    private void call(Content.ToolCall call, JsonWriter out, String status, boolean whole) {
        ShownPart part = parts.getFirst();
        boolean freeText = part.kind() == PartKind.FREE_TEXT;
        out.object().text("id", id).text("type", freeText ? "custom_tool_call" : "function_call");
        out.text("status", status).text("call_id", calls.id(call, part.token()));
        Namespaces.Place place = calls.place(call);
        if (place != null) {
            out.text(Namespaces.MEMBER, place.namespace());
        }
        out.text("name", place == null ? call.name() : place.tool());
        out.text(part.kind().member(), whole ? calls.input(call, part.text()) : "");
        others(call.extras().of(OPENAI_RESPONSES), OF_CALL, out);
    }

    private void reasoning(Content.Reasoning reasoning, JsonWriter out, boolean whole) {
        ShownPart part = parts.getFirst();
        out.object().text("id", id).text("type", "reasoning");
        if (whole) {
            ReasoningTexts.writeSummary(part.summaries(), out);
            out.optional("encrypted_content", Seals.labelled(part.token()));
        } else {
            out.array("summary").endArray();
        }
        others(reasoning.extras().of(OPENAI_RESPONSES), OF_REASONING, out);
    }

    /** Whether the client has something of a reasoning part: its text, its seal, or an item that it can refer to. */
    static boolean isWorthShowing(ShownPart part) {
        return !part.summaries().isEmpty()
                || Seals.labelled(part.token()) != null
                || part.initial().extras().member(OPENAI_RESPONSES, "id") != null;
    }

    private static void others(Map<String, JsonNode> members, Set<String> written, JsonWriter out) {
        members.forEach((name, value) -> {
            if (!written.contains(name)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }
}
