package dev.llmgateway.compliance.detect;

/** A set of ASCII characters, asked in two instructions. Immutable. */
public final class AsciiSet {

    public static final AsciiSet DIGITS = of("0-9");
    public static final AsciiSet HEX = of("0-9a-fA-F");
    public static final AsciiSet LETTERS_DIGITS = of("a-zA-Z0-9");
    /** Regular expressions' {@code \w}. */
    public static final AsciiSet WORD = of("a-zA-Z0-9_");
    /** Base 64, padding excluded. */
    public static final AsciiSet BASE64 = of("a-zA-Z0-9+/");
    /** Base 64 for URLs, padding excluded. */
    public static final AsciiSet BASE64_URL = of("a-zA-Z0-9_-");

    private final long low;
    private final long high;

    private AsciiSet(long low, long high) {
        this.low = low;
        this.high = high;
    }

    /**
     * Parses the inside of a bracket expression: characters, and ranges such as {@code a-z}; a hyphen at either end is itself.
     *
     * @throws IllegalArgumentException if a character is not ASCII
     */
    public static AsciiSet of(String spec) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < spec.length(); i++) {
            char from = spec.charAt(i);
            char to = from;
            if (i + 2 < spec.length() && spec.charAt(i + 1) == '-') {
                to = spec.charAt(i + 2);
                i += 2;
            }
            if (to > 127 || from > to) {
                throw new IllegalArgumentException("not a set of ASCII characters: \"" + spec + "\"");
            }
            for (int c = from; c <= to; c++) {
                low |= c < 64 ? 1L << c : 0;
                high |= c < 64 ? 0 : 1L << (c - 64);
            }
        }
        return new AsciiSet(low, high);
    }

    public boolean contains(char c) {
        return c < 64 ? (low >>> c & 1) != 0 : c < 128 && (high >>> (c - 64) & 1) != 0;
    }

    /** The characters of both sets. */
    public AsciiSet with(AsciiSet other) {
        return new AsciiSet(low | other.low, high | other.high);
    }
}
