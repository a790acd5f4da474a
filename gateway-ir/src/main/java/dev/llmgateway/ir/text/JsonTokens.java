package dev.llmgateway.ir.text;

import java.util.BitSet;

/**
 * The tokens of JSON text (RFC 8259, strictly) that a reader of texts needs, with their places. No recursion, and nothing
 * is copied: depth and length cost no more than reading. For one text and one thread.
 */
final class JsonTokens {

    /** What {@link #next} found. Commas, colons and literals are read over. */
    enum Token {
        OPEN,
        CLOSE,
        NAME,
        STRING,
        NUMBER,
        END,
        /** This is no JSON, or nested deeper than {@link #MAX_DEPTH}. */
        INVALID
    }

    private enum Expected {
        VALUE,
        VALUE_OR_CLOSE,
        NAME,
        NAME_OR_CLOSE,
        COLON,
        COMMA_OR_CLOSE
    }

    static final int MAX_DEPTH = 10_000;

    private final String json;
    private final BitSet objects = new BitSet();
    private Expected expected = Expected.VALUE;
    private int depth;
    private int at;
    private int start;
    private boolean escaped;

    JsonTokens(String json) {
        this.json = json;
    }

    /** Where the token starts; for a string that is its quotation mark. */
    int start() {
        return start;
    }

    /** Where the token ends, exclusive. */
    int end() {
        return at;
    }

    /** How many objects and arrays are open. */
    int depth() {
        return depth;
    }

    /** What the name, string or number says. */
    String text() {
        if (json.charAt(start) != '"') {
            return json.substring(start, at);
        }
        return escaped ? JsonStrings.unescape(json, start + 1, at - 1) : json.substring(start + 1, at - 1);
    }

    /** Reads on to the next token. */
    Token next() {
        while (true) {
            skipSpace();
            start = at;
            if (at == json.length()) {
                return depth == 0 && expected == Expected.COMMA_OR_CLOSE ? Token.END : Token.INVALID;
            }
            char c = json.charAt(at);
            if (c == ',' && depth > 0 && expected == Expected.COMMA_OR_CLOSE) {
                at++;
                expected = inObject() ? Expected.NAME : Expected.VALUE;
            } else if (c == ':' && expected == Expected.COLON) {
                at++;
                expected = Expected.VALUE;
            } else if (isLiteralStart(c)) {
                if (!literal(c)) {
                    return Token.INVALID;
                }
            } else {
                return token(c);
            }
        }
    }

    private Token token(char c) {
        return switch (c) {
            case '{', '[' -> open(c == '{');
            case '}', ']' -> close(c == '}');
            case '"' -> quoted();
            default -> {
                boolean read = takesValue() && number();
                expected = Expected.COMMA_OR_CLOSE;
                yield read ? Token.NUMBER : Token.INVALID;
            }
        };
    }

    private boolean inObject() {
        return objects.get(depth);
    }

    private boolean takesValue() {
        return expected == Expected.VALUE || expected == Expected.VALUE_OR_CLOSE;
    }

    private Token open(boolean object) {
        if (!takesValue() || depth == MAX_DEPTH) {
            return Token.INVALID;
        }
        at++;
        depth++;
        objects.set(depth, object);
        expected = object ? Expected.NAME_OR_CLOSE : Expected.VALUE_OR_CLOSE;
        return Token.OPEN;
    }

    private Token close(boolean object) {
        boolean empty = expected == (object ? Expected.NAME_OR_CLOSE : Expected.VALUE_OR_CLOSE);
        if (depth == 0 || inObject() != object || !empty && expected != Expected.COMMA_OR_CLOSE) {
            return Token.INVALID;
        }
        at++;
        depth--;
        expected = Expected.COMMA_OR_CLOSE;
        return Token.CLOSE;
    }

    private Token quoted() {
        boolean name = expected == Expected.NAME || expected == Expected.NAME_OR_CLOSE;
        if (!name && !takesValue() || !string()) {
            return Token.INVALID;
        }
        expected = name ? Expected.COLON : Expected.COMMA_OR_CLOSE;
        return name ? Token.NAME : Token.STRING;
    }

    private boolean string() {
        escaped = false;
        at++;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                at++;
                return true;
            }
            if (c < ' ') {
                return false;
            }
            if (c == '\\') {
                escaped = true;
                int length = JsonStrings.escapeLength(json, at);
                if (length == 0) {
                    return false;
                }
                at += length;
            } else {
                at++;
            }
        }
        return false;
    }

    private boolean number() {
        if (json.charAt(at) == '-') {
            at++;
        }
        boolean zero = at < json.length() && json.charAt(at) == '0';
        int whole = digits();
        if (whole == 0 || zero && whole > 1) {
            return false;
        }
        if (at < json.length() && json.charAt(at) == '.') {
            at++;
            if (digits() == 0) {
                return false;
            }
        }
        if (at < json.length() && (json.charAt(at) == 'e' || json.charAt(at) == 'E')) {
            at++;
            if (at < json.length() && (json.charAt(at) == '+' || json.charAt(at) == '-')) {
                at++;
            }
            return digits() > 0;
        }
        return true;
    }

    private int digits() {
        int from = at;
        while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private static boolean isLiteralStart(char c) {
        return c == 't' || c == 'f' || c == 'n';
    }

    private boolean literal(char c) {
        String word = c == 't' ? "true" : c == 'f' ? "false" : "null";
        if (!takesValue() || !json.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        expected = Expected.COMMA_OR_CLOSE;
        return true;
    }

    private void skipSpace() {
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }
}
