package dev.llmgateway.ir.text;

/** Strings as JSON text spells them (RFC 8259, section 7). */
final class JsonStrings {

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /** The length of the escape that starts with the backslash at this place, or 0 when it is none. */
    static int escapeLength(String json, int at) {
        if (at + 1 >= json.length()) {
            return 0;
        }
        char c = json.charAt(at + 1);
        if (c != 'u') {
            return ESCAPED.indexOf(c) >= 0 ? 2 : 0;
        }
        if (at + 6 > json.length()) {
            return 0;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (hex(json.charAt(i)) < 0) {
                return 0;
            }
        }
        return 6;
    }

    /** What the text between two quotation marks says; its escapes are valid. */
    static String unescape(String json, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int backslash = json.indexOf('\\', at, to);
            if (backslash < 0) {
                return text.append(json, at, to).toString();
            }
            text.append(json, at, backslash);
            char c = json.charAt(backslash + 1);
            if (c == 'u') {
                int value = 0;
                for (int i = backslash + 2; i < backslash + 6; i++) {
                    value = value << 4 | hex(json.charAt(i));
                }
                text.append((char) value);
                at = backslash + 6;
            } else {
                text.append(MEANT.charAt(ESCAPED.indexOf(c)));
                at = backslash + 2;
            }
        }
        return text.toString();
    }

    /** Appends the text as a JSON string; lone surrogates and control characters are escaped. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) && !isPaired(text, i)) {
                escape(c, out);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void escape(char c, StringBuilder out) {
        int known = MEANT.indexOf(c);
        if (known >= 0) {
            out.append('\\').append(ESCAPED.charAt(known));
            return;
        }
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
