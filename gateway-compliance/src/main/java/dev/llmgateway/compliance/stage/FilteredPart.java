package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.TextFilter;
import dev.llmgateway.ir.ChatEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One part of an answer on its way through a filter. A delta waits until all of its characters are settled and then leaves as it
 * came, with its memory of the wire, unless something in it was replaced. Not thread safe.
 */
final class FilteredPart implements TextFilter.Output {

    /** Longer than a token, so that an answer that comes token by token keeps its events. */
    private static final int WORTH_AN_EVENT = 16;

    private final Consumer<ChatEvent> out;
    private final PlainEscapes escapes;
    private final TextFilter filter;
    private final boolean replaces;
    private final FilteredText places = new FilteredText();

    /**
     * Deltas of which some characters are not settled yet, and what came between them; of the first, which is a delta, {@code left}
     * are not.
     */
    private final Deque<ChatEvent> waiting = new ArrayDeque<>();

    private int left;
    private final StringBuilder text = new StringBuilder();
    private boolean changed;
    private boolean everChanged;
    private ChatEvent.Delta last;

    /**
     * Begins a part.
     *
     * @param isJson whether its text is JSON, and not one that a person or a tool reads as it is
     */
    FilteredPart(ChatEvent.Delta first, boolean isJson, Treatment treatment, Consumer<ChatEvent> out) {
        this.out = out;
        this.last = first;
        this.escapes = isJson ? new PlainEscapes.InJson() : PlainEscapes.NONE;
        this.replaces = treatment.replaces();
        TextFilter.Output output = replaces ? this : new Unheard();
        this.filter = treatment.open(place(first), isJson, isJson ? new QuotedOutsideStrings(output) : output);
    }

    private static String place(ChatEvent.Delta delta) {
        String name = switch (delta) {
            case ChatEvent.TextDelta ignored -> "text";
            case ChatEvent.ReasoningDelta ignored -> "reasoning";
            case ChatEvent.RefusalDelta ignored -> "refusal";
            case ChatEvent.ArgumentsDelta ignored -> "arguments";
        };
        return "choices[" + delta.choice() + "].parts[" + delta.part() + "]." + name;
    }

    /** Whether anything of this part was replaced so far. */
    boolean everChanged() {
        return everChanged;
    }

    /** Where its characters stand. */
    FilteredText places() {
        return places;
    }

    void accept(ChatEvent.Delta delta) {
        last = delta;
        String plain = escapes.accept(delta.text());
        if (!replaces) {
            out.accept(delta);
            filter.accept(plain);
            return;
        }
        add(plain.equals(delta.text()) ? delta : delta.withText(plain));
    }

    /** Keeps an event of another kind in its place behind the deltas that wait; false when none does. */
    boolean keepInPlace(ChatEvent event) {
        return !waiting.isEmpty() && waiting.add(event);
    }

    /** The part is complete: everything leaves. */
    void finish() {
        String rest = escapes.finish();
        if (!rest.isEmpty() && replaces) {
            add(last.withText(rest));
        }
        filter.finish();
    }

    /**
     * The reader would have to wait for more: what is settled of the delta that waits leaves in an event of its own, when it is
     * long enough to be worth one.
     */
    void letGo() {
        int length = text.length();
        int whole = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        if (waiting.peek() instanceof ChatEvent.Delta first && whole >= WORTH_AN_EVENT) {
            out.accept(first.withText(text.substring(0, whole)));
            text.delete(0, whole);
            changed = true;
        }
    }

    private void add(ChatEvent.Delta delta) {
        places.arrive(delta.text().length());
        waiting.add(delta);
        if (waiting.size() == 1) {
            begin(delta);
            leaveSettled();
        }
        filter.accept(delta.text());
    }

    private void begin(ChatEvent.Delta first) {
        left = first.text().length();
        text.setLength(0);
        changed = false;
    }

    @Override
    public void pass(char[] chars, int from, int length) {
        places.pass(length);
        int taken = 0;
        while (taken < length) {
            int count = Math.min(left, length - taken);
            text.append(chars, from + taken, count);
            taken += count;
            settle(count);
        }
    }

    @Override
    public void replace(char[] chars, int from, int length, String instead) {
        places.replace(length, instead);
        text.append(instead);
        int taken = 0;
        while (taken < length) {
            changed = true;
            everChanged = true;
            int count = Math.min(left, length - taken);
            taken += count;
            settle(count);
        }
    }

    private void settle(int count) {
        left -= count;
        leaveSettled();
    }

    private void leaveSettled() {
        while (left == 0 && !waiting.isEmpty()) {
            leave();
        }
    }

    private void leave() {
        if (!(waiting.remove() instanceof ChatEvent.Delta first)) {
            throw new IllegalStateException("what waits begins with a delta");
        }
        if (!changed) {
            out.accept(first);
        } else if (!text.isEmpty()) {
            out.accept(first.withText(text.toString()));
        }
        while (!waiting.isEmpty() && !(waiting.peek() instanceof ChatEvent.Delta)) {
            out.accept(waiting.remove());
        }
        if (waiting.peek() instanceof ChatEvent.Delta next) {
            begin(next);
        }
    }

    /** Takes nothing: the deltas have left already. */
    private static final class Unheard implements TextFilter.Output {
        @Override
        public void pass(char[] chars, int from, int length) {}

        @Override
        public void replace(char[] chars, int from, int length, String instead) {}
    }
}
