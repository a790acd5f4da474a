package dev.llmgateway.store.postgres;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of the chain, to be noted elsewhere: as long as the chain still contains it, nothing up to it was changed without a
 * trace.
 *
 * @param seq its number, 1 or more; 0 stands for the begin of a chain
 * @param hash its hash, as 64 hexadecimal digits
 */
public record ChainPoint(long seq, String hash) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    static ChainPoint of(long seq, byte[] hash) {
        return new ChainPoint(seq, HexFormat.of().formatHex(hash));
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static ChainPoint parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be a number, a colon and 64 hexadecimal digits, as audit verify prints the head");
        }
        return new ChainPoint(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** Such as {@code 1234:9f86...}. */
    @Override
    public String toString() {
        return seq + ":" + hash;
    }
}
