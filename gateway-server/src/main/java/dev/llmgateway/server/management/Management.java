package dev.llmgateway.server.management;

import dev.llmgateway.api.json.ProfileJson;
import dev.llmgateway.server.analytics.Analytics;
import dev.llmgateway.server.analytics.QualityAnalytics;
import dev.llmgateway.server.analytics.ShadowReport;

/**
 * All that managing a gateway takes.
 *
 * @param dryRun decisions without calls
 * @param reports about the quality of answers
 * @param scores of the models
 * @param cards shows and changes the catalog
 * @param syncs the catalog's syncs with the providers' lists
 * @param providers shows and changes the providers
 * @param caches shows and empties the caches of answers
 * @param analytics what is remembered of calls
 * @param quality what was reported about models, over time
 * @param shadow candidate models beside those that answered
 * @param questions in plain words about what is remembered
 */
public record Management(
        DryRun dryRun,
        QualityReports reports,
        ModelScores scores,
        CatalogCards cards,
        CatalogSyncs syncs,
        ProviderList providers,
        Caches caches,
        Analytics analytics,
        QualityAnalytics quality,
        ShadowReport shadow,
        Questions questions) {

    /** The answer of {@code GET /v1/routing-profiles}. */
    public byte[] routingProfiles() {
        return ProfileJson.all();
    }
}
