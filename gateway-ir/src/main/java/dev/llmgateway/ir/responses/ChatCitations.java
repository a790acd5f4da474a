package dev.llmgateway.ir.responses;

import dev.llmgateway.ir.codec.UrlCitation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Citations of an answer of Chat, whose places are in all its texts as if they were one, put onto the text that each is in. Not
 * thread safe.
 */
final class ChatCitations {

    /** A text, and how many characters come before it. */
    private record Place(ShownPart part, int begin, boolean holds) {}

    private final List<UrlCitation> waiting = new ArrayList<>(0);

    /** Adds one that tells its place. */
    void add(UrlCitation citation) {
        waiting.add(citation);
    }

    /**
     * Tells those whose text is complete.
     *
     * @param parts all of the answer, in order
     * @param ending the one that is complete from now on, or null
     * @param isOver whether no more texts come: what is in none is told of the last
     * @param told gets each, with its place in the text
     */
    void tell(
            Collection<ShownPart> parts,
            @Nullable ShownPart ending,
            boolean isOver,
            BiConsumer<ShownPart, UrlCitation> told) {
        for (UrlCitation citation : waiting.isEmpty() ? List.<UrlCitation>of() : List.copyOf(waiting)) {
            Place place = place(parts, citation);
            boolean isComplete = place != null && place.holds && (place.part == ending || place.part.isEnded());
            if (place != null && (isComplete || isOver)) {
                waiting.remove(citation);
                told.accept(place.part, within(place, citation));
            }
        }
    }

    /** The text that a citation begins in; as long as there is none, the last. */
    private static @Nullable Place place(Collection<ShownPart> parts, UrlCitation citation) {
        int start = citation.start() == null ? 0 : citation.start();
        int next = 0;
        Place last = null;
        for (ShownPart part : parts) {
            if (part.kind() == PartKind.TEXT && part.hasText()) {
                last = new Place(part, next, start < next + part.length());
                if (last.holds) {
                    return last;
                }
                next += part.length();
            }
        }
        return last;
    }

    /** A citation that goes on into the next text ends with its own. */
    private static UrlCitation within(Place place, UrlCitation citation) {
        UrlCitation moved = citation.within(-place.begin, 0);
        Integer end = moved.end();
        return place.holds && end != null && end > place.part.length()
                ? new UrlCitation(moved.url(), moved.title(), moved.start(), place.part.length())
                : moved;
    }
}
