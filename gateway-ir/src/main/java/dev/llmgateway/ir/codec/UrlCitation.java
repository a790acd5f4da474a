package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of the web that a model names as the source of what it says: the one kind of citation that all formats have. OpenAI
 * says which part of a text rests on it; for Anthropic it is the whole text.
 *
 * @param url the page
 * @param title its title, may be empty
 * @param start the first character of the text that rests on it, in UTF-16 units; null for all of the text
 * @param end behind the last such character; null for all of the text
 */
public record UrlCitation(
        String url,
        String title,
        @Nullable Integer start,
        @Nullable Integer end) {

    /** The member of a text, or of Chat's message, that lists OpenAI's citations. */
    public static final String ANNOTATIONS = "annotations";

    /** The member of a text that lists Anthropic's citations. */
    public static final String CITATIONS = "citations";

    static final String OF_OPENAI = "url_citation";
    static final String OF_ANTHROPIC = "web_search_result_location";

    /** What Anthropic alone can fill in; no client reads it, and it is of no use without its search. */
    private static final String SEARCH_INDEX = "encrypted_index";

    /** What an entry has, and the delta of a stream or the object around it. */
    private static final Set<String> KNOWN = Set.of(
            "type", "citation", OF_OPENAI, "url", "title", "start_index", "end_index", "cited_text", SEARCH_INDEX);

    /** The member of a text's extras that lists its citations. */
    public static String listIn(Dialect dialect) {
        return dialect == Dialect.ANTHROPIC_MESSAGES ? CITATIONS : ANNOTATIONS;
    }

    /** The citations of a text that came from another dialect than {@code own}; costs nothing when there are none. */
    public static List<UrlCitation> foreign(Extras extras, Dialect own) {
        if (extras.members().isEmpty()) {
            return List.of();
        }
        List<UrlCitation> found = new ArrayList<>();
        for (Dialect of : extras.members().keySet()) {
            if (of != own) {
                found.addAll(in(extras, of));
            }
        }
        return found;
    }

    /** The citations of a text that are told in the words of {@code dialect}. */
    public static List<UrlCitation> in(Extras extras, Dialect dialect) {
        JsonNode list = extras.member(dialect, listIn(dialect));
        if (list == null) {
            return List.of();
        }
        List<UrlCitation> found = new ArrayList<>();
        list.values().forEach(node -> addTo(found, read(dialect, node)));
        return found;
    }

    private static void addTo(List<UrlCitation> found, @Nullable UrlCitation citation) {
        if (citation != null) {
            found.add(citation);
        }
    }

    /**
     * Reads one entry of such a list, or the delta of a stream that adds one.
     *
     * @return null when it is of a kind that only its own dialect has
     */
    public static @Nullable UrlCitation read(Dialect dialect, JsonNode entry) {
        if (dialect == Dialect.ANTHROPIC_MESSAGES) {
            JsonNode citation = entry.has("citation") ? entry.path("citation") : entry;
            return typeOf(citation).equals(OF_ANTHROPIC) ? of(citation, null, null) : null;
        }
        if (!typeOf(entry).equals(OF_OPENAI)) {
            return null;
        }
        JsonNode citation = dialect == Dialect.OPENAI_CHAT ? entry.path(OF_OPENAI) : entry;
        return of(citation, index(citation, "start_index"), index(citation, "end_index"));
    }

    /** Names what such an entry, or the object in it, says beside what is read. */
    static void others(Dialect dialect, JsonNode entry, Consumer<String> names) {
        BiConsumer<String, JsonNode> of = (name, value) -> {
            if (!KNOWN.contains(name) && OtherCounts.tellsSomething(value)) {
                names.accept(name);
            }
        };
        entry.forEachEntry(of);
        boolean isOfAnthropic = dialect == Dialect.ANTHROPIC_MESSAGES;
        entry.path(isOfAnthropic ? "citation" : OF_OPENAI).forEachEntry(of);
    }

    private static UrlCitation of(JsonNode citation, @Nullable Integer start, @Nullable Integer end) {
        boolean isRange = start != null && end != null;
        return new UrlCitation(
                citation.path("url").stringValue(""),
                citation.path("title").stringValue(""),
                isRange ? start : null,
                isRange ? end : null);
    }

    private static @Nullable Integer index(JsonNode citation, String name) {
        JsonNode index = citation.path(name);
        return index.isIntegralNumber() && index.canConvertToInt() ? (Integer) index.intValue() : null;
    }

    private static String typeOf(JsonNode node) {
        return node.path("type").stringValue("");
    }

    /** The same for a text of so many characters that stands behind {@code offset} others. */
    public UrlCitation within(int offset, int length) {
        return start == null || end == null
                ? new UrlCitation(url, title, offset, offset + length)
                : new UrlCitation(url, title, offset + start, offset + end);
    }

    /** Writes it as an entry of a list of {@code dialect}; the formats of OpenAI need its range. */
    public ObjectNode toJson(Dialect dialect) {
        ObjectNode json = Json.mapper().createObjectNode();
        if (dialect == Dialect.ANTHROPIC_MESSAGES) {
            return json.put("type", OF_ANTHROPIC)
                    .put("url", url)
                    .put("title", title)
                    .put("cited_text", "")
                    .put(SEARCH_INDEX, "");
        }
        json.put("type", OF_OPENAI);
        ObjectNode inner = dialect == Dialect.OPENAI_CHAT ? json.putObject(OF_OPENAI) : json;
        inner.put("url", url).put("title", title);
        inner.put("start_index", start == null ? 0 : start).put("end_index", end == null ? 0 : end);
        return json;
    }

    /** Whether an Anthropic client sends back a citation that was written here, which Anthropic itself would refuse. */
    public static boolean isTranslated(JsonNode citation) {
        return typeOf(citation).equals(OF_ANTHROPIC)
                && citation.path(SEARCH_INDEX).stringValue("").isEmpty();
    }
}
