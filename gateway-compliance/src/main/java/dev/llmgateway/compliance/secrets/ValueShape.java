package dev.llmgateway.compliance.secrets;

import dev.llmgateway.compliance.detect.AsciiSet;

/** What a value looks like: its sorts of characters, how evenly they are spread, whether it is made of words. Not thread safe. */
final class ValueShape {

    private static final AsciiSet SEPARATORS = AsciiSet.of("-_./:,@");
    private static final double LOG_2 = Math.log(2);

    private final String text;
    private final int[] counts = new int[128];
    private int digits;
    private int lower;
    private int upper;
    private int symbols;
    private int hex;

    ValueShape(String text) {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            count(text.charAt(i));
        }
    }

    private void count(char c) {
        counts[c & 127]++;
        hex += AsciiSet.HEX.contains(c) || c == '-' || c == ':' ? 1 : 0;
        if (c >= '0' && c <= '9') {
            digits++;
        } else if (c >= 'a' && c <= 'z') {
            lower++;
        } else if (c >= 'A' && c <= 'Z') {
            upper++;
        } else if (!SEPARATORS.contains(c)) {
            symbols++;
        }
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    int digits() {
        return digits;
    }

    int letters() {
        return lower + upper;
    }

    /** Characters that join no words, such as {@code !}, {@code #} and {@code $}. */
    int symbols() {
        return symbols;
    }

    boolean mixedCase() {
        return lower > 0 && upper > 0;
    }

    /** Hexadecimal digits, perhaps in groups as in a UUID. */
    boolean isHex() {
        return hex == text.length() && (lower == 0 || upper == 0);
    }

    /** Hexadecimal digits in a UUID's groups, in either case. */
    boolean isUuid() {
        return hex == text.length()
                && text.length() == 36
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-';
    }

    int distinct() {
        int distinct = 0;
        for (int count : counts) {
            distinct += count > 0 ? 1 : 0;
        }
        return distinct;
    }

    /** Shannon's entropy of the characters, in bits for each. */
    double entropy() {
        double sum = 0;
        for (int count : counts) {
            sum += count > 1 ? count * Math.log(count) : 0;
        }
        return (Math.log(text.length()) - sum / text.length()) / LOG_2;
    }

    /** Whether letters alone change their case as no language and no program does. */
    boolean isScrambledCase() {
        int parts = 1;
        for (int i = 1; i < text.length(); i++) {
            parts += isUpper(text.charAt(i)) ? 1 : 0;
        }
        return mixedCase() && text.length() < (text.length() < 12 ? 2.2 : 2.7) * parts && lower * 3 > upper;
    }

    /** Whether neighbours mostly follow each other, as in an alphabet or on a row of digits. */
    boolean isSequence() {
        int steps = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            steps += step == 1 || step == -1 || step == 0 ? 1 : 0;
        }
        return steps * 10 >= (text.length() - 1) * 6;
    }

    /** Whether most of it is one character, as in {@code sk-xxxxxxxx}. */
    boolean isPadded() {
        int most = 0;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        return most * 10 >= text.length() * 4 && most >= 6;
    }

    /** Whether it reads as words and numbers put together, as names of things do. */
    boolean isName() {
        int inWords = 0;
        int all = 0;
        int parts = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || startsPart(i)) {
                int length = partLength(start, i);
                all += length;
                parts++;
                inWords += isWord(start, start + length) ? length : 0;
                start = i;
            }
        }
        boolean chopped = mixedCase() && parts >= 4 && all < 3 * parts;
        return inWords * 10 >= all * 8 && !chopped;
    }

    private boolean startsPart(int i) {
        if (i == 0) {
            return false;
        }
        char before = text.charAt(i - 1);
        char c = text.charAt(i);
        boolean hump = isUpper(c) && (!isUpper(before) || i + 1 < text.length() && isLower(text.charAt(i + 1)));
        return !isPart(before) || hump && !isDigit(before);
    }

    /** The part without the separator after it. */
    private int partLength(int start, int end) {
        return end > start && !isPart(text.charAt(end - 1)) ? end - start - 1 : end - start;
    }

    /** Letters, and after them some digits perhaps; or a number. */
    private boolean isWord(int start, int end) {
        int i = start;
        int vowels = 0;
        while (i < end && isLetter(text.charAt(i))) {
            vowels += "aeiouyAEIOUY".indexOf(text.charAt(i)) >= 0 ? 1 : 0;
            i++;
        }
        int letters = i - start;
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        int numbers = i - start - letters;
        boolean plausible = letters == 0 || letters > 1 && letters <= 20 && (letters <= 4 || vowels * 7 >= letters);
        return i == end && plausible && (letters == 0 ? numbers <= 10 : numbers <= 4);
    }

    private static boolean isPart(char c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isLetter(char c) {
        return isLower(c) || isUpper(c);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
