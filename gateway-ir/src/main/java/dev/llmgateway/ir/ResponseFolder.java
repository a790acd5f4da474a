package dev.llmgateway.ir;

import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Folds the events of one answer back into the answer. When all events of one whole body arrive unchanged and nothing
 * else does, the answer remembers that body. Not thread safe.
 */
public final class ResponseFolder {

    private ChatEvent.@Nullable Started started;
    private final Map<Integer, ChoiceFold> choices = new TreeMap<>();
    private @Nullable Usage usage;
    private Extras ofUsage = Extras.NONE;

    private int count;
    private @Nullable WireForm form;
    private boolean intact = true;

    /** Takes the next event. */
    public void accept(ChatEvent event) {
        remember(event.wire());
        switch (event) {
            case ChatEvent.Started start -> {
                started = start;
                usage = start.usage() == null ? usage : start.usage();
            }
            case ChatEvent.PartStarted start -> choice(start.choice()).start(start.part(), start.initial());
            case ChatEvent.Delta delta ->
                choice(delta.choice()).part(delta.part()).text.append(delta.text());
            case ChatEvent.TokenAttached token -> choice(token.choice()).part(token.part()).token = token.token();
            case ChatEvent.VendorDelta delta ->
                choice(delta.choice()).part(delta.part()).vendorDelta(delta.dialect(), delta.delta());
            case ChatEvent.Finished finish -> choice(finish.choice()).finish = finish;
            case ChatEvent.UsageReported report -> {
                usage = report.usage();
                ofUsage = report.extras();
            }
            case ChatEvent.PartEnded ignored -> {}
            case ChatEvent.Ping ignored -> {}
            case ChatEvent.Vendor ignored -> {}
        }
    }

    /**
     * The answer so far.
     *
     * @throws IllegalStateException when no event was taken
     */
    public ChatResponse toResponse() {
        ChatEvent.Started start = started;
        if (start == null) {
            throw new IllegalStateException("no answer has started");
        }
        List<Choice> folded = new ArrayList<>();
        choices.forEach((index, choice) -> folded.add(choice.toChoice(index)));
        if (folded.isEmpty()) {
            folded.add(new Choice(List.of(), StopReason.OTHER));
        }
        folded.set(0, withUsage(folded.getFirst()));
        return new ChatResponse(
                start.id(), start.model(), start.created(), folded, usage, start.origin(), bodyMemory());
    }

    private Choice withUsage(Choice first) {
        return new Choice(
                first.index(),
                first.content(),
                first.stopReason(),
                first.stopSequence(),
                first.extras().and(ofUsage));
    }

    private void remember(Wire wire) {
        if (count == 0) {
            form = wire.form();
        }
        intact = intact && form != null && wire.form() == form && wire.position() == count;
        count++;
    }

    private Wire bodyMemory() {
        return intact && form != null && form.isWholeBody() && form.size() == count ? Wire.of(form, 0) : Wire.NONE;
    }

    private ChoiceFold choice(int index) {
        return choices.computeIfAbsent(index, i -> new ChoiceFold());
    }

    private static final class ChoiceFold {
        private final Map<Integer, PartFold> parts = new TreeMap<>();
        private ChatEvent.@Nullable Finished finish;

        void start(int part, Content initial) {
            parts.put(part, new PartFold(initial));
        }

        PartFold part(int part) {
            PartFold fold = parts.get(part);
            if (fold == null) {
                throw new IllegalStateException("part " + part + " has not started");
            }
            return fold;
        }

        Choice toChoice(int index) {
            List<Content> content =
                    parts.values().stream().map(PartFold::toContent).toList();
            return finish == null
                    ? new Choice(index, content, StopReason.OTHER, null, Extras.NONE)
                    : new Choice(index, content, finish.reason(), finish.stopSequence(), finish.extras());
        }
    }

    private static final class PartFold {
        private final Content initial;
        private final StringBuilder text = new StringBuilder();
        private final List<JsonNode> annotations = new ArrayList<>();
        /** Where parts of a reasoning's summary end. */
        private final List<Integer> breaks = new ArrayList<>(0);

        private @Nullable Dialect annotatedBy;
        private @Nullable OpaqueToken token;

        PartFold(Content initial) {
            this.initial = initial;
        }

        void vendorDelta(Dialect dialect, JsonNode delta) {
            JsonNode fragment = delta.get("partial_json");
            if (initial instanceof Content.Reasoning && SummaryParts.isBreak(delta)) {
                breaks.add(text.length());
            } else if (fragment != null) {
                text.append(fragment.asString());
            } else {
                annotatedBy = dialect;
                annotations.add(delta.has("citation") ? delta.get("citation") : delta);
            }
        }

        Content toContent() {
            return switch (initial) {
                case Content.Text t -> new Content.Text(t.text() + text, annotated(t.extras()));
                case Content.Refusal r -> new Content.Refusal(r.text() + text, r.extras());
                case Content.Reasoning r ->
                    new Content.Reasoning(
                            reasoningText(r), token(r.token()), SummaryParts.list(summaries(), r.extras()));
                case Content.ToolCall c ->
                    new Content.ToolCall(c.id(), c.name(), c.arguments() + text, token(c.token()), c.extras());
                case Content.Vendor v -> new Content.Vendor(v.dialect(), withInput(v.json()));
                case Content.Image whole -> whole;
                case Content.Document whole -> whole;
                case Content.Audio whole -> whole;
                case Content.ToolResult whole -> whole;
                case Content.Numbers whole -> whole;
            };
        }

        private @Nullable OpaqueToken token(@Nullable OpaqueToken known) {
            return token == null ? known : token;
        }

        private @Nullable String reasoningText(Content.Reasoning reasoning) {
            String known = reasoning.text();
            if (known == null) {
                return text.isEmpty() ? null : text.toString();
            }
            return known + text;
        }

        private List<String> summaries() {
            List<String> parts = new ArrayList<>();
            int from = 0;
            for (int to : breaks) {
                parts.add(text.substring(from, to));
                from = text.indexOf(SummaryParts.BLANK_LINE, to) == to ? to + SummaryParts.BLANK_LINE.length() : to;
            }
            parts.add(text.substring(from));
            return parts;
        }

        /** Streamed citations and annotations become the list that a unary answer carries. */
        private Extras annotated(Extras extras) {
            if (annotations.isEmpty() || annotatedBy == null) {
                return extras;
            }
            ArrayNode all = Json.mapper().createArrayNode();
            annotations.forEach(all::add);
            Map<String, JsonNode> members = new LinkedHashMap<>(extras.of(annotatedBy));
            members.put(annotatedBy == Dialect.ANTHROPIC_MESSAGES ? "citations" : "annotations", all);
            return new Extras(extras.cacheMark(), Map.of(annotatedBy, members));
        }

        /** A vendor may stream anything; what is no JSON is kept as it came. */
        private static JsonNode parsedOrText(String text) {
            try {
                return Json.parse(text);
            } catch (InvalidJsonException e) {
                return Json.mapper().getNodeFactory().stringNode(text);
            }
        }

        /** The streamed input of a server tool goes where a unary answer has it. */
        private JsonNode withInput(JsonNode json) {
            if (text.isEmpty() || !(json instanceof ObjectNode object)) {
                return json;
            }
            ObjectNode copy = object.deepCopy();
            copy.set("input", parsedOrText(text.toString()));
            return copy;
        }
    }
}
