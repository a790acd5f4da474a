package dev.llmgateway.ir.json;

/** Text that is about to be written as UTF-8. */
public final class JsonText {

    private JsonText() {}

    /**
     * The text with every lone surrogate replaced by U+FFFD. JSON can smuggle them in as escapes, UTF-8 cannot carry them.
     * Well-formed text is returned as it is.
     */
    public static String wellFormed(String text) {
        int bad = firstLoneSurrogate(text, 0);
        if (bad < 0) {
            return text;
        }
        char[] fixed = text.toCharArray();
        while (bad >= 0) {
            fixed[bad] = '\uFFFD';
            bad = firstLoneSurrogate(text, bad + 1);
        }
        return new String(fixed);
    }

    private static int firstLoneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                return i;
            }
            i++;
        }
        return -1;
    }
}
