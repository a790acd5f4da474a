package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value, without its quotes.
 *
 * @param quote what it is quoted with; 0 when it is not
 * @param cut whether it goes on after {@link #LONGEST} characters
 */
record AssignedValue(int start, int end, char quote, boolean cut) {

    /** More than this is not looked at: a value without an end within it is taken for a secret, whatever it is. */
    static final int LONGEST = 512;

    private static final AsciiSet QUOTES = AsciiSet.of("\"'`");
    private static final AsciiSet STRING_PREFIXES = AsciiSet.of("@$bfrRuL&");
    private static final AsciiSet NEVER = AsciiSet.of("\"'`<>|");
    private static final AsciiSet SOMETIMES = AsciiSet.of(",;&)]}\\");
    private static final AsciiSet ESCAPED = AsciiSet.of("nrt\"'`");
    private static final AsciiSet CLOSING = AsciiSet.of(")]},;.:\"'`<>\\");
    private static final AsciiSet WORD = AsciiSet.WORD.with(AsciiSet.of(".-"));

    boolean quoted() {
        return quote != 0;
    }

    int length() {
        return end - start;
    }

    /** The value that is assigned; null when there is none. */
    static @Nullable AssignedValue of(Window text, Assignment assignment) {
        int i = assignment.value();
        boolean pair = assignment.form() == Assignment.Form.EQUALS;
        if (STRING_PREFIXES.contains(text.at(i)) && QUOTES.contains(text.at(i + 1))) {
            i++;
        }
        char open = text.at(i);
        if (open == '\\' && QUOTES.contains(text.at(i + 1))) {
            return value(text, i + 2, '\\', pair);
        }
        if (QUOTES.contains(open) && text.at(i + 1) == '\\' && QUOTES.contains(text.at(i + 2))) {
            return value(text, i + 3, '\\', pair);
        }
        if (QUOTES.contains(open)) {
            return value(text, afterQuotes(text, i, open), open, pair);
        }
        char typographic = closing(open);
        return value(text, typographic == 0 ? i : i + 1, typographic, pair);
    }

    /** After one quote, or after three. */
    private static int afterQuotes(Window text, int i, char quote) {
        return text.at(i + 1) == quote && text.at(i + 2) == quote ? i + 3 : i + 1;
    }

    private static char closing(char open) {
        return switch (open) {
            case '\u201C', '\u201E' -> '\u201D';
            case '\u2018' -> '\u2019';
            case '\u00AB' -> '\u00BB';
            case '\u300C' -> '\u300D';
            default -> 0;
        };
    }

    private static @Nullable AssignedValue value(Window text, int start, char quote, boolean pair) {
        int i = start;
        while (i - start < LONGEST && !ends(text, i, quote, pair)) {
            i++;
        }
        return i == start ? null : new AssignedValue(start, i, quote, i - start == LONGEST);
    }

    /** Whether the value is over before the character at {@code i}. */
    private static boolean ends(Window text, int i, char quote, boolean pair) {
        char c = text.at(i);
        if (c <= ' ' || c == Window.NONE || c == quote) {
            return true;
        }
        if (c == '\\') {
            return ESCAPED.contains(text.at(i + 1));
        }
        if (quote != 0) {
            return false;
        }
        return c >= 127
                ? c >= '\u0250' || c < '\u00C0'
                : NEVER.contains(c) || SOMETIMES.contains(c) && endsAt(text, i, c, pair);
    }

    /** Brackets and separators are part of many passwords; they end a value only where something else goes on after them. */
    private static boolean endsAt(Window text, int i, char c, boolean pair) {
        char next = text.at(i + 1);
        if (next <= ' ' || next == Window.NONE || CLOSING.contains(next)) {
            return true;
        }
        if (c == ')' || c == ']' || c == '}' || !pair && c == '&') {
            return false;
        }
        int name = text.skip(i + 1, WORD, 40);
        char after = text.at(name);
        return name > i + 1 && (after == '=' || after == ':');
    }

    /** How a value goes on that is longer than what is looked at. */
    Tail tail() {
        return new Rest(quote);
    }

    private record Rest(char quote) implements Tail {

        @Override
        public int next(int state, char c) {
            boolean over = c <= ' ' || quote == 0 && c < 127 && NEVER.contains(c) || c == quote || c >= '\u0250';
            return over ? STOP : state;
        }
    }
}
