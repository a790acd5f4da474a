package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What citations say about places in an answer's texts, put right when something before those places was replaced. Only the formats
 * of OpenAI say such a thing: Responses of the part that is cited in, Chat of all texts of a choice as one. Anthropic's places are in
 * documents. For one answer, or for one message of a request, which is an earlier answer.
 */
final class CitedPlaces {

    private static final List<Dialect> DIALECTS = List.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES);
    private static final String START = "start_index";
    private static final String END = "end_index";

    /** These have one place: described as the number of a file in a list, it is where the text names the file. */
    private static final Set<String> OF_FILES = Set.of("file_citation", "file_path");

    private static final String OF_FILE = "index";

    private final Map<PartKey, FilteredText> texts = new LinkedHashMap<>();

    /** A text of the answer; those of a choice come in their order. */
    void add(PartKey key, FilteredText text) {
        texts.putIfAbsent(key, text);
    }

    /** Whether this is a text of the answer. */
    boolean isText(PartKey key) {
        return texts.containsKey(key);
    }

    /** Whether a part begins with citations that tell places in its text, which then has not come. */
    static boolean areIn(Content initial) {
        return initial instanceof Content.Text text
                && DIALECTS.stream()
                        .anyMatch(dialect ->
                                list(text.extras(), dialect).valueStream().anyMatch(it -> last(dialect, it) >= 0));
    }

    private static JsonNode list(Extras extras, Dialect dialect) {
        JsonNode all = extras.members().isEmpty() ? null : extras.member(dialect, UrlCitation.ANNOTATIONS);
        return all == null ? JsonNodeFactory.instance.missingNode() : all;
    }

    /** Whether a citation is of what has not come yet. */
    boolean isAhead(ChatEvent.VendorDelta citation) {
        int last = last(citation.dialect(), citation.delta());
        int arrived = 0;
        for (FilteredText text : cited(keyOf(citation), citation.dialect())) {
            arrived += text.arrived();
        }
        return last > arrived;
    }

    private static PartKey keyOf(ChatEvent.VendorDelta citation) {
        return new PartKey(citation.choice(), citation.part());
    }

    /** The texts that the places of a citation are in, as if they were one. */
    private List<FilteredText> cited(PartKey key, Dialect dialect) {
        return texts.entrySet().stream()
                .filter(it -> dialect == Dialect.OPENAI_CHAT
                        ? it.getKey().choice() == key.choice()
                        : it.getKey().equals(key))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The last place that a citation tells, or -1. */
    private static int last(Dialect dialect, JsonNode citation) {
        JsonNode places = places(dialect, citation);
        int last = Math.max(offset(places, START), offset(places, END));
        return OF_FILES.contains(typeOf(places)) ? Math.max(last, offset(places, OF_FILE)) : last;
    }

    private static JsonNode places(Dialect dialect, JsonNode citation) {
        return switch (dialect) {
            case OPENAI_CHAT -> citation.path(typeOf(citation));
            case OPENAI_RESPONSES -> citation;
            case ANTHROPIC_MESSAGES, OPENAI_EMBEDDINGS -> JsonNodeFactory.instance.missingNode();
        };
    }

    private static String typeOf(JsonNode citation) {
        return citation.path("type").stringValue("");
    }

    private static int offset(JsonNode places, String name) {
        JsonNode offset = places.path(name);
        return offset.isIntegralNumber() && offset.canConvertToInt() ? offset.intValue() : -1;
    }

    /** The same citation, told by what the text is now. */
    ChatEvent.VendorDelta moved(ChatEvent.VendorDelta citation) {
        JsonNode moved = moved(keyOf(citation), citation.dialect(), citation.delta());
        return moved == citation.delta()
                ? citation
                : new ChatEvent.VendorDelta(citation.choice(), citation.part(), citation.dialect(), moved, Wire.NONE);
    }

    /** The same start of a part whose text is complete. */
    ChatEvent.PartStarted moved(ChatEvent.PartStarted start) {
        if (!(start.initial() instanceof Content.Text text)) {
            return start;
        }
        Extras extras = moved(new PartKey(start.choice(), start.part()), text.extras());
        return extras == text.extras()
                ? start
                : new ChatEvent.PartStarted(
                        start.choice(), start.part(), new Content.Text(text.text(), extras), Wire.NONE);
    }

    /** The same members of a part, or of what is around all parts; the same instance when nothing moves. */
    Extras moved(PartKey key, Extras members) {
        Extras extras = members;
        for (Dialect dialect : DIALECTS) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            JsonNode before = list(extras, dialect);
            before.forEach(it -> all.add(moved(key, dialect, it)));
            if (!all.isEmpty() && !all.equals(before)) {
                extras = extras.with(dialect, UrlCitation.ANNOTATIONS, all);
            }
        }
        return extras;
    }

    private JsonNode moved(PartKey key, Dialect dialect, JsonNode citation) {
        List<FilteredText> cited = last(dialect, citation) < 0 ? List.of() : cited(key, dialect);
        if (cited.stream().noneMatch(FilteredText::isChanged)) {
            return citation;
        }
        JsonNode copy = citation.deepCopy();
        if (places(dialect, copy) instanceof ObjectNode places) {
            move(places, START, start(cited, offset(places, START)));
            move(places, END, end(cited, offset(places, END)));
            if (OF_FILES.contains(typeOf(places))) {
                move(places, OF_FILE, start(cited, offset(places, OF_FILE)));
            }
        }
        return copy;
    }

    private static void move(ObjectNode places, String name, int to) {
        if (offset(places, name) >= 0) {
            places.put(name, to);
        }
    }

    private static int start(List<FilteredText> cited, int old) {
        int before = 0;
        int growth = 0;
        for (FilteredText text : cited) {
            if (old < before + text.arrived() || text == cited.getLast()) {
                return before + growth + text.start(old - before);
            }
            before += text.arrived();
            growth += text.growth();
        }
        return old;
    }

    private static int end(List<FilteredText> cited, int old) {
        int before = 0;
        int growth = 0;
        for (FilteredText text : cited) {
            if (old <= before + text.arrived() || text == cited.getLast()) {
                return before + growth + text.end(old - before);
            }
            before += text.arrived();
            growth += text.growth();
        }
        return old;
    }
}
