package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import java.util.HashMap;
import java.util.Map;

/** What the parts of a stream have told so far, piece by piece. For one answer. */
final class ToldParts {

    private record Key(int choice, int part) {}

    /** One part's text; a summary's can be told again in parts. */
    private record Told(StringBuilder text, boolean isSummary) {}

    private final Map<Key, Told> parts = new HashMap<>();

    void hear(ChatEvent event) {
        if (event instanceof ChatEvent.Delta delta && !delta.text().isEmpty()) {
            parts.computeIfAbsent(
                            new Key(delta.choice(), delta.part()),
                            key -> new Told(new StringBuilder(), delta instanceof ChatEvent.ReasoningDelta))
                    .text
                    .append(delta.text());
        }
    }

    /** Whether this is all that a part has told so far. */
    boolean have(String text) {
        for (Told told : parts.values()) {
            boolean isWhole = told.text.length() == text.length() && text.contentEquals(told.text);
            if (isWhole || told.isSummary && told.text.length() > text.length() && told.text.indexOf(text) >= 0) {
                return true;
            }
        }
        return false;
    }
}
