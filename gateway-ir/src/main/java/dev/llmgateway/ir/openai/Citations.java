package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The citations of one choice, whose texts a client reads as one. They are told where their text ends, for only then is it known
 * how far a citation goes that is about all of it; one that the provider names later, at once. Not thread safe.
 */
final class Citations {

    /** Where a text stands among all of them. */
    private record Place(int begin, int length) {}

    private final Map<Integer, Place> ended = new HashMap<>();
    private int told;
    private int begin;
    private int part = -1;
    private @Nullable List<JsonNode> own;
    private @Nullable List<UrlCitation> others;

    /** A text begins; what is known of it by then may name citations. */
    void started(int number, Extras extras) {
        part = number;
        begin = told;
        JsonNode list = extras.member(OPENAI_CHAT, UrlCitation.ANNOTATIONS);
        if (list != null) {
            list.values().forEach(this::own);
        }
        UrlCitation.foreign(extras, OPENAI_CHAT).forEach(this::other);
    }

    /** More of the text, so many characters. */
    void grow(int characters) {
        told += characters;
    }

    /** A citation of the text that is open; returns what is to be told at once, which is one of a text that has ended. */
    List<JsonNode> add(ChatEvent.VendorDelta delta) {
        Place place = ended.get(delta.part());
        UrlCitation citation = UrlCitation.read(delta.dialect(), delta.delta());
        boolean isOwn = delta.dialect() == OPENAI_CHAT;
        if (place != null && isOwn) {
            return List.of(delta.delta());
        }
        if (place != null) {
            return citation == null ? List.of() : List.of(in(place, citation));
        }
        if (delta.part() == part && isOwn) {
            own(delta.delta());
        } else if (delta.part() == part && citation != null) {
            other(citation);
        }
        return List.of();
    }

    private static JsonNode in(Place place, UrlCitation citation) {
        return citation.within(place.begin, place.length).toJson(OPENAI_CHAT);
    }

    /** A part has ended; returns what is to be told of it then, if it is a text. */
    List<JsonNode> ended(int number) {
        if (number != part || ended.containsKey(number)) {
            return List.of();
        }
        Place place = new Place(begin, told - begin);
        ended.put(number, place);
        List<JsonNode> all = own == null ? new ArrayList<>() : own;
        if (others != null) {
            others.forEach(it -> all.add(in(place, it)));
        }
        own = null;
        others = null;
        return all;
    }

    private void own(JsonNode citation) {
        own = own == null ? new ArrayList<>() : own;
        own.add(citation);
    }

    private void other(UrlCitation citation) {
        others = others == null ? new ArrayList<>() : others;
        others.add(citation);
    }

    /** The citations of a complete answer's texts. */
    static List<JsonNode> of(List<Content> parts) {
        Citations citations = new Citations();
        List<JsonNode> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Content.Text text) {
                citations.started(i, text.extras());
                citations.grow(text.text().length());
                all.addAll(citations.ended(i));
            }
        }
        return all;
    }
}
