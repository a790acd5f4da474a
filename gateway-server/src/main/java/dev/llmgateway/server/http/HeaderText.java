package dev.llmgateway.server.http;

/** Text from outside that goes into a header. */
final class HeaderText {

    private static final int LONGEST = 2_000;

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
}
