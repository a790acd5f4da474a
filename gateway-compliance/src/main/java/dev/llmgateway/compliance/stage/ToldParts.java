package dev.llmgateway.compliance.stage;

import dev.llmgateway.ir.ChatEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts of a stream have told so far, piece by piece. For one answer. */
final class ToldParts {

    private static final class Told {
        private final PartKey key;
        private final StringBuilder text = new StringBuilder();
        /** A summary can be told again in parts. */
        private final boolean isSummary;

        private boolean ended;

        private Told(PartKey key, boolean isSummary) {
            this.key = key;
            this.isSummary = isSummary;
        }

        private boolean isToldBy(String again) {
            boolean isWhole = text.length() == again.length() && again.contentEquals(text);
            return isWhole || isSummary && text.length() > again.length() && text.indexOf(again) >= 0;
        }
    }

    private static final PartKey NONE = new PartKey(-1, -1);

    private final Map<PartKey, Told> parts = new HashMap<>();

    void hear(ChatEvent event) {
        if (event instanceof ChatEvent.Delta delta && !delta.text().isEmpty()) {
            parts.computeIfAbsent(
                            new PartKey(delta.choice(), delta.part()),
                            key -> new Told(key, delta instanceof ChatEvent.ReasoningDelta))
                    .text
                    .append(delta.text());
        } else if (event instanceof ChatEvent.PartEnded end) {
            Told told = parts.get(new PartKey(end.choice(), end.part()));
            if (told != null) {
                told.ended = true;
            }
        }
    }

    /**
     * Whether this is all that a part has told so far. Of a part that goes on, the end may still be held back: only what cannot
     * overtake that may tell it again.
     *
     * @param events of the message that has the text
     */
    boolean have(String text, List<ChatEvent> events) {
        for (Told told : parts.values()) {
            if (told.isToldBy(text) && (told.ended || isAbout(told.key, events))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbout(PartKey key, List<ChatEvent> events) {
        return events.stream().anyMatch(event -> key.equals(keyOf(event)));
    }

    private static PartKey keyOf(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta it -> new PartKey(it.choice(), it.part());
            case ChatEvent.TokenAttached it -> new PartKey(it.choice(), it.part());
            case ChatEvent.VendorDelta it -> new PartKey(it.choice(), it.part());
            case ChatEvent.PartEnded it -> new PartKey(it.choice(), it.part());
            case ChatEvent.PartStarted it -> new PartKey(it.choice(), it.part());
            case ChatEvent.Started ignored -> NONE;
            case ChatEvent.Finished ignored -> NONE;
            case ChatEvent.UsageReported ignored -> NONE;
            case ChatEvent.Ping ignored -> NONE;
            case ChatEvent.Vendor ignored -> NONE;
        };
    }
}
