package dev.llmgateway.ir.openai;

/**
 * Separates thoughts from text in a stream of Google's compatible endpoint, where they stand between {@code <thought>} and
 * {@code </thought>} at the start of the content. A tag may be cut anywhere; what could become one is held back. For one
 * choice.
 */
final class ThoughtTags {

    static final String OPEN = "<thought>";
    static final String CLOSE = "</thought>";

    /** Takes the pieces in order; never an empty one. */
    interface Sink {
        void thought(String text);

        void text(String text);
    }

    private boolean inside;
    private boolean decided;
    private final StringBuilder held = new StringBuilder();

    /** True when text waits for what comes next. */
    boolean holdsBack() {
        return !held.isEmpty();
    }

    /**
     * Takes the next piece of content.
     *
     * @param flagged whether the provider marked this piece as a thought, so that a tag may open here
     * @return true when the piece was text throughout, and went to the sink as it is
     */
    boolean accept(String piece, boolean flagged, Sink sink) {
        boolean alone = held.isEmpty() && !inside;
        held.append(piece);
        if (flagged && decided && !inside && startsLike(OPEN)) {
            decided = false;
        }
        if (!decided && !decide()) {
            return false;
        }
        boolean tagged = inside;
        if (inside) {
            thoughts(sink);
        }
        if (!inside) {
            emitText(sink);
        }
        return alone && !tagged;
    }

    /** The content ends: what was held back is not going to be a tag. */
    void end(Sink sink) {
        decided = true;
        if (inside && !held.isEmpty()) {
            sink.thought(held.toString());
            held.setLength(0);
        }
        emitText(sink);
    }

    private boolean decide() {
        if (held.length() < OPEN.length() && startsLike(OPEN)) {
            return false;
        }
        decided = true;
        if (held.indexOf(OPEN) == 0) {
            inside = true;
            held.delete(0, OPEN.length());
        }
        return true;
    }

    /** True when what is held is a beginning of the tag, or the tag is a beginning of it. */
    private boolean startsLike(String tag) {
        int length = Math.min(held.length(), tag.length());
        return tag.regionMatches(0, held.substring(0, length), 0, length);
    }

    private void thoughts(Sink sink) {
        int close = held.indexOf(CLOSE);
        int end = close >= 0 ? close : held.length() - tailLike();
        if (end > 0) {
            sink.thought(held.substring(0, end));
        }
        held.delete(0, close >= 0 ? close + CLOSE.length() : end);
        inside = close < 0;
    }

    /** How many characters at the end could be the start of the closing tag. */
    private int tailLike() {
        for (int length = Math.min(CLOSE.length() - 1, held.length()); length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private void emitText(Sink sink) {
        if (!held.isEmpty()) {
            sink.text(held.toString());
            held.setLength(0);
        }
    }
}
