package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Kind;

/**
 * Something that was found, without its value.
 *
 * @param rule which form of the kind it is, such as {@code github-token}
 * @param start where it begins, in UTF-16 units from the start of the text
 * @param end where it ends, exclusive
 * @param confidence how sure the detector is, above 0 to 1
 * @param hash of the value: SHA-256 over the scanner's salt and the value, its first 16 hexadecimal digits. The same value has the
 *     same hash as long as the scanner lives; without the salt it says nothing about the value
 */
public record Finding(Kind kind, String rule, int start, int end, double confidence, String hash) {

    /** The same finding at another place. */
    public Finding at(int from, int to) {
        return from == start && to == end ? this : new Finding(kind, rule, from, to, confidence, hash);
    }
}
