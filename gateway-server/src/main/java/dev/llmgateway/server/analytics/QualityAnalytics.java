package dev.llmgateway.server.analytics;

import dev.llmgateway.api.spi.RecordStore;
import dev.llmgateway.api.spi.SignalStore;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import java.time.InstantSource;
import java.util.Optional;

/** What was reported about the models' answers, beside how their calls ended. Thread safe. */
public final class QualityAnalytics {

    private final SignalStore reports;
    private final RecordStore calls;
    private final LiveCatalog catalog;
    private final InstantSource clock;

    /**
     * The quality of a catalog's models.
     *
     * @param clock tells when periods end that end now
     */
    public QualityAnalytics(SignalStore reports, RecordStore calls, LiveCatalog catalog, InstantSource clock) {
        this.reports = reports;
        this.calls = calls;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** {@code /v1/quality}: all models. */
    public TabularView models() {
        return new QualityOfModels(reports, calls, catalog, clock);
    }

    /** {@code /v1/quality/{model_card_id}}: one model over time; empty when the catalog has no such card. */
    public Optional<TabularView> model(String cardId) {
        CatalogSnapshot snapshot = catalog.snapshot();
        ModelCard card = snapshot.catalog().card(cardId);
        return card == null ? Optional.empty() : Optional.of(new QualityOfModel(reports, calls, snapshot, card, clock));
    }
}
