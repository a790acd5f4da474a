package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.Locale;

/** What tells values that were drawn at random from those that somebody wrote to show where one goes. */
final class Values {

    private static final List<String> PLACEHOLDERS = List.of(
            "xxxxx",
            "example",
            "your-",
            "your_",
            "yourapi",
            "yourtoken",
            "placeholder",
            "redacted",
            "changeme",
            "replace",
            "insert-",
            "insert_",
            "-here",
            "_here",
            "tokenhere",
            "keyhere",
            "dummy");

    private Values() {}

    /** Shannon's entropy of the characters, in bits each; 0 for an empty text. */
    static double entropy(CharSequence value) {
        int[] counts = new int[128];
        int length = value.length();
        for (int i = 0; i < length; i++) {
            counts[value.charAt(i) & 127]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share);
            }
        }
        return bits / Math.log(2);
    }

    static int digits(CharSequence value) {
        return (int) value.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    /** Whether the value says itself that another goes in its place. */
    static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(lower::contains);
    }
}
