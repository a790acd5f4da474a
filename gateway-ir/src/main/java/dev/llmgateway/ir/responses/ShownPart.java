package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.Dialect.ANTHROPIC_MESSAGES;
import static dev.llmgateway.ir.Dialect.OPENAI_RESPONSES;

import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.SummaryParts;
import dev.llmgateway.ir.codec.Logprobs;
import dev.llmgateway.ir.codec.ResponsesMembers;
import dev.llmgateway.ir.codec.UrlCitation;
import dev.llmgateway.ir.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A part of an answer as far as a client has been shown it: what the frames at its end tell again. Not thread safe. */
final class ShownPart {

    private final Content initial;
    private final PartKind kind;
    /** Of a reasoning only the last part of its summary. */
    private final StringBuilder text = new StringBuilder();
    /** The parts of a reasoning's summary before the last. */
    private final List<String> summaries = new ArrayList<>(0);

    private final List<JsonNode> annotations = new ArrayList<>();
    private final List<UrlCitation> citations;
    private List<JsonNode> logprobs = List.of();
    private @Nullable OpaqueToken token;
    private @Nullable ShownItem item;
    private int index;
    private boolean summarized;
    private boolean afterBreak;
    private boolean ended;
    private boolean closed;

    /**
     * A part that begins.
     *
     * @param initial what is known of it; its text comes later
     */
    ShownPart(Content initial, PartKind kind) {
        this.initial = initial;
        this.kind = kind;
        this.token = initial instanceof Content.ToolCall call ? call.token() : sealOf(initial);
        citations = new ArrayList<>(UrlCitation.in(initial.extras(), ANTHROPIC_MESSAGES));
        JsonNode known = initial.extras().member(OPENAI_RESPONSES, UrlCitation.ANNOTATIONS);
        if (known != null) {
            known.values().forEach(annotations::add);
        }
    }

    private static @Nullable OpaqueToken sealOf(Content content) {
        return content instanceof Content.Reasoning reasoning ? reasoning.token() : null;
    }

    Content initial() {
        return initial;
    }

    PartKind kind() {
        return kind;
    }

    /** The item that shows it, or null as long as it is not shown. */
    @Nullable
    ShownItem item() {
        return item;
    }

    /** Its place among the parts of its item. */
    int index() {
        return index;
    }

    void shownIn(ShownItem shown, int at) {
        item = shown;
        index = at;
    }

    String text() {
        return text.toString();
    }

    int length() {
        return text.length();
    }

    boolean hasText() {
        return !text.isEmpty();
    }

    /** Appends; returns what of it is to be shown, which is not the blank line between parts of a summary. */
    String append(String more) {
        boolean isBlankLine = afterBreak && more.startsWith(SummaryParts.BLANK_LINE);
        String shown = isBlankLine ? more.substring(SummaryParts.BLANK_LINE.length()) : more;
        afterBreak = false;
        text.append(shown);
        return shown;
    }

    /** Another part of a reasoning's summary begins. */
    void nextSummary() {
        afterBreak = true;
        if (hasText() || summarized) {
            summaries.add(text());
            text.setLength(0);
            summarized = false;
            closed = false;
        }
    }

    /** The place of the text among the parts of a reasoning's summary. */
    int summaryIndex() {
        return summaries.size();
    }

    /** All parts of a reasoning's summary that have a text. */
    List<String> summaries() {
        List<String> all = new ArrayList<>(summaries);
        if (hasText() || summarized) {
            all.add(text());
        }
        return all;
    }

    void replaceText(String other) {
        text.setLength(0);
        text.append(other);
    }

    /** Adds an annotation; returns its number. */
    int annotate(JsonNode annotation) {
        annotations.add(annotation);
        return annotations.size() - 1;
    }

    /** A source in the words of another format; null for one that cannot be told here. */
    void cite(@Nullable UrlCitation citation) {
        if (citation != null) {
            citations.add(citation);
        }
    }

    /** Those sources as annotations, now that the text is complete. */
    List<JsonNode> takeCitations() {
        List<JsonNode> all = citations.stream()
                .map(it -> (JsonNode) it.within(0, text.length()).toJson(OPENAI_RESPONSES))
                .toList();
        citations.clear();
        return all;
    }

    /**
     * Takes the log probabilities of as many tokens as its text has, from one of them on; returns the next. They are measured in
     * bytes, for a token may be a part of a character.
     *
     * @param isLast whether all that are left are its own
     */
    int takeLogprobs(JsonNode all, int from, boolean isLast) {
        int length = text().getBytes(StandardCharsets.UTF_8).length;
        int next = from;
        int taken = 0;
        List<JsonNode> own = new ArrayList<>();
        while (next < all.size() && (isLast || taken < length)) {
            JsonNode token = all.get(next++);
            taken += bytesOf(token);
            own.add(token);
        }
        logprobs = own;
        return next;
    }

    private static int bytesOf(JsonNode token) {
        JsonNode bytes = token.path("bytes");
        return bytes.isArray()
                ? bytes.size()
                : token.path("token").stringValue("").getBytes(StandardCharsets.UTF_8).length;
    }

    @Nullable
    OpaqueToken token() {
        return token;
    }

    void attach(OpaqueToken attached) {
        token = attached;
    }

    /** Whether the client knows of the part of the summary that holds a reasoning's text. */
    boolean isSummarized() {
        return summarized;
    }

    void summarize() {
        summarized = true;
    }

    /** Whether all of it has come. */
    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Whether the client has been told that it is complete. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** The members of the item around it, by their names there. */
    Map<String, JsonNode> ofItem() {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        initial.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (name.startsWith(ResponsesMembers.OF_MESSAGE)) {
                members.put(name.substring(ResponsesMembers.OF_MESSAGE.length()), value);
            }
        });
        return members;
    }

    /** Writes a part of a message, as far as it has come. */
    void write(JsonWriter out) {
        out.object();
        if (kind == PartKind.REFUSAL) {
            out.text("type", "refusal").text("refusal", text());
        } else {
            out.text("type", "output_text").text("text", text()).array(UrlCitation.ANNOTATIONS);
            annotations.forEach(out::node);
            out.endArray();
            out.array(Logprobs.NAME);
            logprobs.forEach(out::node);
            out.endArray();
        }
        initial.extras().of(OPENAI_RESPONSES).forEach((name, value) -> {
            if (!name.startsWith(ResponsesMembers.OF_MESSAGE) && !name.equals(UrlCitation.ANNOTATIONS)) {
                out.node(name, value);
            }
        });
        out.endObject();
    }
}
