package dev.llmgateway.api.cache;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What embeddings are blind to: "invoice 1041" and "invoice 1042", or "is safe" and "is not safe", lie very close. So the
 * numbers of two texts must be the same in the same order, and they must deny equally often, by the words of English. Other
 * languages' denials, and names, are left to the threshold.
 */
final class Traps {

    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");
    private static final Pattern DENIAL = Pattern.compile(
            "(?i)\\b(?:no|not|never|none|nor|neither|nothing|nobody|without|cannot|\\w+n['\u2019]t)\\b");

    private Traps() {}

    /** What must be equal of two texts, beside their meaning. */
    static String of(String text) {
        StringBuilder numbers = new StringBuilder();
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            numbers.append(number.group()).append(' ');
        }
        return numbers.append("not:")
                .append(DENIAL.matcher(text).results().count())
                .toString();
    }
}
