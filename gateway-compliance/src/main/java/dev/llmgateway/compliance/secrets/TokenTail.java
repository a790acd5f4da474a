package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Tail;

/**
 * The rest of a token. Dots and hyphens belong to it only when more of it follows: at its end they are those of the sentence. The
 * state is the number of such characters just read.
 */
record TokenTail(AsciiSet set) implements Tail {

    private static final int LONGEST_PUNCTUATION = 8;

    @Override
    public int next(int state, char c) {
        if (!set.contains(c)) {
            return STOP;
        }
        if (c != '.' && c != '-') {
            return 0;
        }
        return state == LONGEST_PUNCTUATION ? STOP : state + 1;
    }

    @Override
    public boolean belongs(int state) {
        return state == 0;
    }
}
