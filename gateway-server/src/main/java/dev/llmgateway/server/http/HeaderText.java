package dev.llmgateway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Text from outside that goes into a header. */
final class HeaderText {

    private static final int LONGEST = 2_000;
    private static final int LONGEST_NAME = 200;
    private static final int ROOM_FOR_MARK = 20;
    private static final String CUT = "...";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private HeaderText() {}

    /** The text in printable ASCII, so that no header can be forged with it, and of bounded length. */
    static String of(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder safe = null;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                if (safe == null) {
                    safe = new StringBuilder(text).delete(length, text.length());
                }
                safe.setCharAt(i, '?');
            }
        }
        return safe == null ? text.substring(0, length) : safe.toString();
    }

    /**
     * Names with a comma and a space between them. What of a name is a comma, a space, a percent sign or no printable ASCII is
     * percent-encoded (RFC 3986, section 2.1, of UTF-8). A name that is too long ends with {@code ...}, a list that is too long with
     * {@code ...+} and how many more there are.
     */
    static String list(List<String> names) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String next = escaped(names.get(i));
            all.append(i == 0 ? "" : ", ");
            if (all.length() + next.length() > LONGEST - ROOM_FOR_MARK) {
                return all.append(CUT).append('+').append(names.size() - i).toString();
            }
            all.append(next);
        }
        return all.toString();
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        int next;
        for (int i = 0; i < name.length(); i = next) {
            next = name.offsetByCodePoints(i, 1);
            int before = escaped.length();
            append(name.substring(i, next), escaped);
            if (escaped.length() > LONGEST_NAME) {
                // Between two characters: a part of one could not be read back.
                return escaped.delete(before, escaped.length()).append(CUT).toString();
            }
        }
        return escaped.toString();
    }

    private static void append(String character, StringBuilder escaped) {
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each > ' ' && each <= '~' && each != ',' && each != '%';
            if (isPlain) {
                escaped.append((char) each);
            } else {
                HEX.toHexDigits(escaped.append('%'), each);
            }
        }
    }
}
