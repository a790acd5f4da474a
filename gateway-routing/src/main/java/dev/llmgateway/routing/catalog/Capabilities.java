package dev.llmgateway.routing.catalog;

import dev.llmgateway.api.routing.Capability;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model can do. Immutable.
 *
 * @param present what it can do
 * @param absent what it cannot do; what is in neither is unknown
 */
public record Capabilities(Set<Capability> present, Set<Capability> absent) {

    /** Nothing is known. */
    public static final Capabilities UNKNOWN = new Capabilities(Set.of(), Set.of());

    /** @throws IllegalArgumentException when something is in both */
    public Capabilities {
        present = Set.copyOf(present);
        absent = Set.copyOf(absent);
        for (Capability capability : present) {
            if (absent.contains(capability)) {
                throw new IllegalArgumentException(capability.word() + " is said to be both present and absent");
            }
        }
    }

    /** All that a model can do: the rest is absent. */
    public static Capabilities exactly(Set<Capability> present) {
        return new Capabilities(
                present,
                Stream.of(Capability.values())
                        .filter(capability -> !present.contains(capability))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it is known to be present. */
    public boolean has(Capability capability) {
        return present.contains(capability);
    }

    /** Whether it is known at all. */
    public boolean knows(Capability capability) {
        return present.contains(capability) || absent.contains(capability);
    }
}
