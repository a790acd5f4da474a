package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.SummaryParts;
import java.util.HashMap;
import java.util.Map;

/** The texts of reasonings as a client was shown them, until it is known whether they are signed. For one stream. */
final class Thoughts {

    private record Place(int choice, int part) {}

    private final Map<Place, StringBuilder> texts = new HashMap<>();
    /** Of each choice the reasoning that was shown last. */
    private final Map<Integer, Integer> shown = new HashMap<>();

    private final Map<Integer, Integer> told = new HashMap<>();

    void add(ChatEvent.ReasoningDelta delta) {
        texts.computeIfAbsent(new Place(delta.choice(), delta.part()), place -> new StringBuilder())
                .append(delta.text());
    }

    /** Remembers that a text is shown; what has to stand before it, since all reasonings of a message are one text to its reader. */
    String before(ChatEvent.ReasoningDelta delta) {
        if (delta.text().isEmpty()) {
            return "";
        }
        Integer last = shown.put(delta.choice(), delta.part());
        return last == null || last == delta.part() ? "" : SummaryParts.BLANK_LINE;
    }

    /** The text that a token belongs to; empty when there is none. */
    String take(ChatEvent.TokenAttached token) {
        StringBuilder text = texts.remove(new Place(token.choice(), token.part()));
        return text == null ? "" : text.toString();
    }

    /** The index of the next sealed reasoning of a choice, from 0. */
    int nextIndex(int choice) {
        return told.merge(choice, 1, Integer::sum) - 1;
    }
}
