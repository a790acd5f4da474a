package dev.llmgateway.ir.openai;

import dev.llmgateway.ir.ChatEvent;
import java.util.HashMap;
import java.util.Map;

/** The texts of reasonings as a client was shown them, until it is known whether they are signed. For one stream. */
final class Thoughts {

    private record Place(int choice, int part) {}

    private final Map<Place, StringBuilder> texts = new HashMap<>();
    private final Map<Integer, Integer> told = new HashMap<>();

    void add(ChatEvent.ReasoningDelta delta) {
        texts.computeIfAbsent(new Place(delta.choice(), delta.part()), place -> new StringBuilder())
                .append(delta.text());
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
