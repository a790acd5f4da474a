package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Kind;
import java.util.Map;

/**
 * What happens to findings of each kind. Immutable.
 *
 * @param usual for kinds that {@code byKind} does not name
 */
public record Actions(Action usual, Map<Kind, Action> byKind) {

    public Actions {
        byKind = Map.copyOf(byKind);
    }

    /** The same for every kind. */
    public static Actions all(Action action) {
        return new Actions(action, Map.of());
    }

    public Action of(Kind kind) {
        return byKind.getOrDefault(kind, usual);
    }
}
