package dev.llmgateway.ir.json;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;

/** Text that is about to be written as UTF-8. */
public final class JsonText {

    private static final ObjectWriter ESCAPING = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

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

    /**
     * The text as a JSON string in ASCII, lone surrogates as the escapes that they may have come in: the other half of a pair that was
     * cut may be in another text.
     */
    static String escaped(String text) {
        return ESCAPING.writeValueAsString(text);
    }

    static boolean isWellFormed(String text) {
        return firstLoneSurrogate(text, 0) < 0;
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
