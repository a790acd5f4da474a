package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a name and its value: an operator, a comma, a tag's bracket, some words.
 *
 * @param value where the value begins, its quotes included
 */
record Assignment(Form form, int value) {

    /** How a name and its value are put together; some forms need more proof than others. */
    enum Form {
        /** {@code =}, {@code :=}, {@code =>} and the like. */
        EQUALS,
        /** {@code :} */
        COLON,
        /** {@code ==}, {@code !=} */
        COMPARISON,
        /** The next argument of a call. */
        NEXT,
        /** The next cell of a table's row. */
        CELL,
        /** Only space: {@code --password X}. */
        SPACE,
        /** Words: {@code password is X}. */
        PHRASE,
        /** {@code <password>X} */
        TAG,
        /** {@code setPassword("X")} */
        CALL
    }

    private static final AsciiSet BLANK = AsciiSet.of(" \t");
    private static final AsciiSet SPACE = AsciiSet.of(" \t\r\n");
    private static final AsciiSet IN_TAG = AsciiSet.of(" -;=?-~");
    private static final AsciiSet BREAKS = AsciiSet.of("nrt");
    private static final AsciiSet QUOTES = AsciiSet.of("\"'`");
    /** What closes a name that is quoted, an index or emphasized. */
    private static final AsciiSet CLOSERS = AsciiSet.of("\"'`\\]*");

    private static final AsciiSet TYPE = AsciiSet.of("a-zA-Z0-9_&<>?.*'");
    private static final AsciiSet COMPARING = AsciiSet.of("=~");
    private static final AsciiSet COLONS = AsciiSet.of(":");
    private static final AsciiSet STARS = AsciiSet.of("*");
    private static final AsciiSet BLANK_EQUALS = AsciiSet.of(" \t=");
    private static final AsciiSet SCALAR = AsciiSet.of("+ -");
    private static final AsciiSet AFTER_VERB = AsciiSet.of(" :=");
    private static final AsciiSet BETWEEN = AsciiSet.of(" \t\r\n,");
    private static final AsciiSet ESCAPED_QUOTE = AsciiSet.of("\\\"");
    private static final AsciiSet EQUALS_SIGNS = AsciiSet.of("=");
    private static final AsciiSet LETTERS = AsciiSet.of("a-zA-Z");
    private static final List<String> VERBS =
            List.of("is", "ist", "est", "es", "was", "to", "lautet", "are", "by", "BY");

    /** What follows a name that ends at {@code end}; null when it is not given a value there. */
    static @Nullable Assignment after(Window text, int end) {
        int closed = text.skip(end, CLOSERS, 4);
        if (text.at(closed) == '[') {
            closed = dimension(text, closed);
        }
        int i = text.skip(closed, BLANK, 12);
        char c = text.at(i);
        return switch (c) {
            case '=', ':', '?', '.', '+', '!', '-', '|', '\uFF1A', '\uFF1D' -> operator(text, i, c);
            case ',' -> next(text, i);
            case '{' -> named(text, i + 1);
            case '<' -> afterClosingTag(text, i);
            case '>' -> new Assignment(Form.TAG, afterBreaks(text, i + 1));
            case '(' -> call(text, i);
            case '\u662F', '\u4E3A', '\u70BA', '\u306F', '\uB294', '\uC740' -> valueOf(text, i + 1, Form.PHRASE);
            case '\n', '\r' -> named(text, i);
            default -> i == closed ? null : spaced(text, i, c);
        };
    }

    /** Past space and line ends, those of JSON text included. */
    private static int afterBreaks(Window text, int from) {
        int i = text.skip(from, SPACE, 40);
        for (int breaks = 0; breaks < 3 && text.at(i) == '\\' && BREAKS.contains(text.at(i + 1)); breaks++) {
            i = text.skip(i + 2, SPACE, 40);
        }
        return i;
    }

    /** {@code <td>password</td><td>X</td>}, {@code <b>password</b>: X} */
    private static @Nullable Assignment afterClosingTag(Window text, int from) {
        if (text.at(from + 1) != '/') {
            return null;
        }
        int i = text.skip(pastTags(text, from), BLANK, 4);
        return new Assignment(Form.CELL, pastTags(text, text.at(i) == ':' ? text.skip(i + 1, BLANK, 4) : i));
    }

    /** Past tags and the space after them, two at most. */
    private static int pastTags(Window text, int from) {
        int i = from;
        for (int tags = 0; tags < 2 && text.at(i) == '<'; tags++) {
            int end = text.skip(i + 1, IN_TAG, 40);
            if (text.at(end) != '>') {
                return i;
            }
            i = text.skip(end + 1, SPACE, 20);
        }
        return i;
    }

    private static int dimension(Window text, int open) {
        int close = text.skip(open + 1, AsciiSet.DIGITS, 6);
        return text.at(close) == ']' ? close + 1 : open;
    }

    private static @Nullable Assignment operator(Window text, int i, char c) {
        char next = text.at(i + 1);
        return switch (c) {
            case '=' ->
                next == '=' || next == '~'
                        ? valueOf(text, text.skip(i, COMPARING, 3), Form.COMPARISON)
                        : valueOf(text, next == '>' ? i + 2 : i + 1, Form.EQUALS);
            case ':' -> colon(text, i);
            case '\uFF1A' -> valueOf(text, i + 1, Form.COLON);
            case '\uFF1D' -> valueOf(text, i + 1, Form.EQUALS);
            case '!' -> next == '=' ? valueOf(text, text.skip(i + 1, EQUALS_SIGNS, 2), Form.COMPARISON) : null;
            case '-' -> dash(text, i, next);
            case '|' -> valueOf(text, next == '|' ? i + 2 : i + 1, next == '|' ? Form.EQUALS : Form.CELL);
            default -> next == '=' || c == '?' && next == ':' ? valueOf(text, i + 2, Form.EQUALS) : null;
        };
    }

    /** An arrow, or the dash of {@code Password - X}. */
    private static @Nullable Assignment dash(Window text, int i, char next) {
        if (next == '>') {
            return valueOf(text, i + 2, Form.EQUALS);
        }
        return next == ' ' && text.at(i - 1) == ' ' ? valueOf(text, i + 1, Form.PHRASE) : null;
    }

    private static @Nullable Assignment colon(Window text, int i) {
        int after = text.skip(i, COLONS, 4);
        if (text.at(after) == '=') {
            return valueOf(text, after + 1, Form.EQUALS);
        }
        return after - i > 1 ? null : valueOf(text, after, Form.COLON);
    }

    /** Past blanks, emphasis, a block scalar's sign or a type with an assignment of its own. */
    private static @Nullable Assignment valueOf(Window text, int from, Form form) {
        int i = text.skip(text.skip(from, STARS, 2), BLANK_EQUALS, 24);
        char c = text.at(i);
        if ((c == '|' || c == '>') && form == Form.COLON) {
            int line = text.skip(i + 1, SCALAR, 3);
            return text.at(line) == '\n' ? new Assignment(form, text.skip(line, SPACE, 40)) : null;
        }
        if (c == '\n' || c == '\r' || c == Window.NONE) {
            return null;
        }
        if (c == '<' && text.at(i + 1) == '/') {
            return new Assignment(form, pastTags(text, i));
        }
        if (c == '{' && form == Form.COLON) {
            Assignment pair = named(text, i + 1);
            return pair == null ? new Assignment(form, i) : pair;
        }
        if (form == Form.COLON && (LETTERS.contains(c) || c == '&')) {
            int typed = typed(text, i);
            return typed < 0 ? new Assignment(form, i) : valueOf(text, typed, Form.EQUALS);
        }
        return new Assignment(form, i);
    }

    /** After the {@code =} when a type stands here and an assignment follows it; -1 otherwise. */
    private static int typed(Window text, int from) {
        int end = text.skip(from, TYPE, 24);
        int i = text.skip(end, BLANK, 4);
        boolean assigned = text.at(i) == '=' && text.at(i + 1) != '=' && i > end && end > from;
        return assigned ? i + 1 : -1;
    }

    private static @Nullable Assignment next(Window text, int comma) {
        Assignment pair = named(text, comma);
        return pair == null ? valueOf(text, comma + 1, Form.NEXT) : pair;
    }

    private static @Nullable Assignment call(Window text, int open) {
        int i = text.skip(open + 1, BLANK, 4);
        return QUOTES.contains(text.at(i)) ? new Assignment(Form.CALL, i) : null;
    }

    /** A verb, a type, the other half of a pair, or the value itself. */
    private static @Nullable Assignment spaced(Window text, int i, char c) {
        if (!LETTERS.contains(c)) {
            return new Assignment(Form.SPACE, i);
        }
        int verb = verb(text, i);
        if (verb > 0) {
            return new Assignment(Form.PHRASE, verb);
        }
        if (c == 'v' || c == 'd') {
            Assignment pair = named(text, i);
            if (pair != null) {
                return pair;
            }
        }
        int typed = typed(text, i);
        return typed < 0 ? new Assignment(Form.SPACE, i) : valueOf(text, typed, Form.EQUALS);
    }

    private static int verb(Window text, int from) {
        int end = text.skip(from, LETTERS, 8);
        for (String verb : VERBS) {
            if (end - from == verb.length() && text.hasLiteral(from, verb)) {
                int i = text.skip(end, AFTER_VERB, 4);
                return i > end ? i : -1;
            }
        }
        return -1;
    }

    /** {@code name: X} and on the next line {@code value: "..."}, and the same as attributes. */
    static @Nullable Assignment named(Window text, int from) {
        int i = text.skip(text.skip(from, BETWEEN, 40), ESCAPED_QUOTE, 2);
        String word = text.at(i) == 'v' ? "value" : "default";
        if (!text.hasLiteral(i, word)) {
            return null;
        }
        int end = text.skip(text.skip(i + word.length(), ESCAPED_QUOTE, 2), BLANK, 4);
        char c = text.at(end);
        return c == '=' || c == ':' ? valueOf(text, end + 1, Form.EQUALS) : null;
    }
}
