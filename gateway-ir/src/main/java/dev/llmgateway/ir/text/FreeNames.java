package dev.llmgateway.ir.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the names of one object apart when several of them were replaced by the same text, so that none of the values is
 * lost: the second {@code [x]} becomes {@code [x]_2}.
 */
final class FreeNames {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** The name, or the next one like it that is free; it is taken then. */
    String take(String name) {
        String free = name;
        while (!taken.add(free)) {
            free = name + "_" + counts.merge(name, 2, (count, first) -> count + 1);
        }
        return free;
    }
}
