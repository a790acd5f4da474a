package dev.llmgateway.routing.catalog;

import java.util.List;

/**
 * What a provider's model list changed in the catalog.
 *
 * @param added models that nobody knew; they have cards now
 * @param retired models that it listed before and does not any more
 * @param restored models that it had stopped to list and lists again
 * @param unchanged models that were known already
 * @param notes sentences on what in the list was passed over, and why
 */
public record ListingChange(int added, int retired, int restored, int unchanged, List<String> notes) {

    /** Copies the notes. */
    public ListingChange {
        notes = List.copyOf(notes);
    }

    /** How many entries of the list were understood. */
    public int discovered() {
        return added + restored + unchanged;
    }
}
