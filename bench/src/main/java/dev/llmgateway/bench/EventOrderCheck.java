package dev.llmgateway.bench;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Expects the marks {@code #0001#} to {@code #NNNN#}, each once and in order, and then the dialect's terminator; where the
 * dialect tells all of it again at the end, repetitions there do not count. It looks at bytes rather than at events, so that a stream re-encoded in another dialect or split elsewhere is judged by
 * the same rule.
 */
final class EventOrderCheck implements AnswerCheck {
    private static final int MARK_DIGITS = 4;
    private static final int TAIL = 256;

    private final int expected;
    private final boolean repeatsText;
    private final byte[] terminator;
    private final byte[] tail = new byte[TAIL];
    private int tailLength;
    private int seen;
    private int matched;
    private boolean terminated;
    private int digits = -1;
    private int number;
    private @Nullable String fault;

    EventOrderCheck(int expected, Dialect dialect) {
        this.expected = expected;
        this.repeatsText = dialect.repeatsText();
        this.terminator = dialect.terminator();
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            scan(buffer[i]);
        }
        keepTail(buffer, offset, length);
    }

    @Override
    public @Nullable String finish() {
        String result = fault;
        if (result == null && seen != expected) {
            result = "the stream ended after " + seen + " of " + expected + " events: "
                    + new String(tail, 0, tailLength, StandardCharsets.UTF_8);
        }
        if (result == null && !terminated) {
            result = "the stream lacks its terminator " + new String(terminator, StandardCharsets.US_ASCII);
        }
        seen = 0;
        matched = 0;
        terminated = false;
        digits = -1;
        number = 0;
        tailLength = 0;
        fault = null;
        return result;
    }

    private void scan(byte next) {
        look(next);
        if (next == '#') {
            boolean markComplete = digits == MARK_DIGITS;
            if (markComplete) {
                take(number);
            }
            digits = markComplete ? -1 : 0;
            number = 0;
        } else if (digits >= 0) {
            boolean digit = next >= '0' && next <= '9';
            number = number * 10 + next - '0';
            digits = digit && digits < MARK_DIGITS ? digits + 1 : -1;
        }
    }

    /** Looks for the terminator behind the last event; it does not begin with a repetition of its own begin. */
    private void look(byte next) {
        if (terminated || seen < expected) {
            return;
        }
        matched = next == terminator[matched] ? matched + 1 : next == terminator[0] ? 1 : 0;
        terminated = matched == terminator.length;
    }

    private void take(int mark) {
        if (mark == seen + 1) {
            seen++;
        } else if (fault == null && !(repeatsText && seen == expected)) {
            fault = "event " + mark + " came after event " + seen;
        }
    }

    private void keepTail(byte[] buffer, int offset, int length) {
        int fresh = Math.min(length, TAIL);
        int kept = Math.min(tailLength, TAIL - fresh);
        System.arraycopy(tail, tailLength - kept, tail, 0, kept);
        System.arraycopy(buffer, offset + length - fresh, tail, kept, fresh);
        tailLength = kept + fresh;
    }
}
