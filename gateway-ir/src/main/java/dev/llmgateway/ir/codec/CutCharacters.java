package dev.llmgateway.ir.codec;

import dev.llmgateway.ir.ChatEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the first half of a character that a provider has cut between two pieces of a text, until the other half comes: not all
 * clients can join them. A half that stays alone is told where it stands. For one reader of a stream, of the events that are
 * written anew; not thread safe.
 */
public final class CutCharacters {

    private final Consumer<ChatEvent> out;
    private ChatEvent.@Nullable Delta half;

    public CutCharacters(Consumer<ChatEvent> out) {
        this.out = out;
    }

    /** Hands the event on, whole. */
    public void accept(ChatEvent event) {
        ChatEvent.Delta cut = half;
        if (cut == null && !isCut(event)) {
            out.accept(event);
            return;
        }
        half = null;
        ChatEvent whole = event;
        if (cut != null) {
            if (event instanceof ChatEvent.Delta next && goesOn(cut, next)) {
                whole = next.withText(cut.text() + next.text());
            } else {
                out.accept(cut);
            }
        }
        if (whole instanceof ChatEvent.Delta delta && isCut(delta)) {
            holdBack(delta);
        } else {
            out.accept(whole);
        }
    }

    private void holdBack(ChatEvent.Delta delta) {
        int end = delta.text().length() - 1;
        half = delta.withText(delta.text().substring(end));
        out.accept(delta.withText(delta.text().substring(0, end)));
    }

    /** Hands on what was held back, at the end. */
    public void flush() {
        ChatEvent.Delta cut = half;
        if (cut != null) {
            half = null;
            out.accept(cut);
        }
    }

    private static boolean goesOn(ChatEvent.Delta cut, ChatEvent.Delta next) {
        return cut.getClass() == next.getClass() && cut.choice() == next.choice() && cut.part() == next.part();
    }

    private static boolean isCut(ChatEvent event) {
        return event instanceof ChatEvent.Delta delta
                && !delta.text().isEmpty()
                && Character.isHighSurrogate(delta.text().charAt(delta.text().length() - 1));
    }
}
