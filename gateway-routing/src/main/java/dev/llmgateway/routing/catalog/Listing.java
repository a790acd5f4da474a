package dev.llmgateway.routing.catalog;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one provider has listed so far; models go by the wire ids of their cards. Immutable.
 *
 * @param discovered the cards of models that nobody else knew
 * @param seen all that it has listed
 * @param present what its last list had
 * @param ends the last days that its last list announced
 */
record Listing(Map<String, ModelCard> discovered, Set<String> seen, Set<String> present, Map<String, LocalDate> ends) {

    /** Nothing yet. */
    static final Listing NONE = new Listing(Map.of(), Set.of(), Set.of(), Map.of());

    Listing {
        discovered = Map.copyOf(discovered);
        seen = Set.copyOf(seen);
        present = Set.copyOf(present);
        ends = Map.copyOf(ends);
    }

    /** What it listed once and does not any more. */
    Set<String> gone() {
        Set<String> gone = new HashSet<>(seen);
        gone.removeAll(present);
        return gone;
    }
}
