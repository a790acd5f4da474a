package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Tail;

/**
 * The rest of a key in armour: lines of base 64, up to the line {@code -----END ...-----}. The line ends may be real ones, those of
 * JSON text, or spaces. When the end never comes, words shorter than a line belong to the key only where they go on a long one.
 *
 * <p>A state has the mode in its third byte, the length of the current run (in the last line: what has been read of it) in its second,
 * and the number of characters since the last that belongs to the key in its first.
 */
record ArmorTail() implements Tail {

    static final AsciiSet BODY = AsciiSet.of("A-Za-z0-9+/=");
    private static final AsciiSet BETWEEN = AsciiSet.of(" \t\r\n\\\"',>|#*");
    private static final AsciiSet LABEL = AsciiSet.of("A-Za-z0-9 _");

    /** Runs of base 64 are of the key from this length on. */
    private static final int LONG = 20;

    /** Comes back to the key within this many characters, or stops. */
    private static final int FARTHEST = 60;

    private static final int WORDS = 0;
    private static final int CONTINUED = 1;
    private static final int LAST_LINE = 2;

    /** In the last line: the dashes before the label, the label, and from this number on the dashes after it. */
    private static final int OPENING = 0;

    private static final int LABELLED = 1;
    private static final int COMPLETE = LABELLED + 5;

    @Override
    public int next(int state, char c) {
        int mode = state >> 16;
        int run = state >> 8 & 0xFF;
        int away = (state & 0xFF) + 1;
        if (away > FARTHEST) {
            return STOP;
        }
        if (mode == LAST_LINE) {
            return inLastLine(run, away, c);
        }
        if (BODY.contains(c)) {
            int length = Math.min(run + 1, LONG);
            return state(mode, length, mode == CONTINUED || length == LONG ? 0 : away);
        }
        if (c == '-') {
            return state(LAST_LINE, OPENING, away);
        }
        if (!BETWEEN.contains(c)) {
            return STOP;
        }
        if (c == '\r') {
            return state(mode, run, away);
        }
        boolean goesOn = run == LONG && (c == '\n' || c == '\\');
        return state(goesOn ? CONTINUED : WORDS, 0, away);
    }

    private static int inLastLine(int read, int away, char c) {
        if (read == COMPLETE) {
            return STOP;
        }
        if (c == '-') {
            return read == OPENING ? state(LAST_LINE, OPENING, away) : state(LAST_LINE, read + 1, 0);
        }
        return read <= LABELLED && LABEL.contains(c) ? state(LAST_LINE, LABELLED, away) : STOP;
    }

    private static int state(int mode, int run, int away) {
        return mode << 16 | run << 8 | away;
    }

    @Override
    public boolean belongs(int state) {
        return (state & 0xFF) == 0;
    }
}
