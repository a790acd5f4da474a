package dev.llmgateway.routing.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of one sync.
 *
 * @param at when it began
 * @param took how long the providers were waited for and their lists applied
 * @param catalogVersion of the catalog after it
 * @param modelCount cards in the catalog after it
 * @param providers what each provider answered, in the order of preference
 */
public record SyncReport(Instant at, Duration took, long catalogVersion, int modelCount, List<ProviderSync> providers) {

    /** Copies the list. */
    public SyncReport {
        providers = List.copyOf(providers);
    }
}
