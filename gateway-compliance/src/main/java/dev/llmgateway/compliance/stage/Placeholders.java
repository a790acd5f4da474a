package dev.llmgateway.compliance.stage;

import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.detect.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a request for the values that were found in it, so that the answer can be given back with the values in their
 * places. Lives as long as its call and is never stored. Not thread safe.
 */
final class Placeholders {

    /** What every placeholder begins with. */
    static final String OPENING = "[REDACTED:";

    /** A kind's name, a number and the punctuation. */
    static final int LONGEST = OPENING.length() + 40 + 12;

    private final Map<String, String> byValue = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<Kind, Integer> counts = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();

    /** Stays clear of what looks like placeholders in a text of the request: nothing was replaced there. */
    void avoid(String text) {
        int at = text.indexOf(OPENING);
        while (at >= 0) {
            int end = text.indexOf(']', at, Math.min(text.length(), at + LONGEST));
            if (end >= 0) {
                foreign.add(text.substring(at, end + 1));
            }
            at = text.indexOf(OPENING, at + OPENING.length());
        }
    }

    /** The placeholder of a value: the same for the same value, and no other's. */
    String of(Kind kind, String value) {
        return byValue.computeIfAbsent(value, it -> {
            String free = next(kind);
            while (foreign.contains(free)) {
                free = next(kind);
            }
            values.put(free, value);
            return free;
        });
    }

    private String next(Kind kind) {
        int number = counts.merge(kind, 1, Integer::sum);
        String plain = Scanner.placeholder(kind);
        return plain.substring(0, plain.length() - 1) + ":" + number + "]";
    }

    /** The value that a placeholder stands for; null when it is none of this request's. */
    @Nullable
    String value(String placeholder) {
        return values.get(placeholder);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }
}
