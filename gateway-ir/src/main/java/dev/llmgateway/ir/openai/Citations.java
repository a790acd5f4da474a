package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.Dialect.OPENAI_CHAT;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The citations of one choice, whose texts a client reads as one. They are told where their text ends, for only then is it known
 * how far a citation goes that is about all of it. Not thread safe.
 */
final class Citations {

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

    /** A citation of the text that is open. */
    void add(ChatEvent.VendorDelta delta) {
        if (delta.part() != part) {
            return;
        }
        if (delta.dialect() == OPENAI_CHAT) {
            own(delta.delta());
            return;
        }
        UrlCitation citation = UrlCitation.read(delta.dialect(), delta.delta());
        if (citation != null) {
            other(citation);
        }
    }

    /** Whether there is something to tell now that this part has ended. */
    boolean isDue(int ended) {
        return ended == part && (own != null || others != null);
    }

    /** What is to be told of the text that has ended; nothing the next time. */
    List<JsonNode> take() {
        List<JsonNode> all = own == null ? new ArrayList<>() : own;
        if (others != null) {
            others.forEach(it -> all.add(it.within(begin, told - begin).toJson(OPENAI_CHAT)));
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
                if (citations.isDue(i)) {
                    all.addAll(citations.take());
                }
            }
        }
        return all;
    }
}
