package dev.llmgateway.routing.sync;

import dev.llmgateway.routing.catalog.ListingChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one provider's answer changed.
 *
 * @param provider its id
 * @param change how many models of which kind; all zero when there was no usable list, or none at all
 * @param error why its models stay as they were, as a sentence without secrets; null when nothing failed
 */
public record ProviderSync(
        String provider, ListingChange change, @Nullable String error) {

    private static final ListingChange NOTHING = new ListingChange(0, 0, 0, 0, List.of());

    /** A provider whose list changed nothing, because there was none. */
    static ProviderSync without(String provider, @Nullable String error) {
        return new ProviderSync(provider, NOTHING, error);
    }
}
