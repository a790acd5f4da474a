package dev.llmgateway.compliance.secrets;

import java.util.List;
import java.util.Set;

/** Reads lists of words that are written as text. */
final class Words {

    private Words() {}

    /** The words between blanks and line ends, in their order. */
    static List<String> list(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    static Set<String> set(String text) {
        return Set.copyOf(list(text));
    }
}
