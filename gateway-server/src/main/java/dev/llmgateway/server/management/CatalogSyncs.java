package dev.llmgateway.server.management;

import dev.llmgateway.api.json.Values;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ListingChange;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.sync.CatalogSync;
import dev.llmgateway.routing.sync.ProviderSync;
import dev.llmgateway.routing.sync.SyncReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Syncs of the catalog with the providers' model lists: to be started, and to be looked at. */
public final class CatalogSyncs {

    private static final String MODEL_COUNT = "model_count";

    private final LiveCatalog catalog;
    private final CatalogSync sync;
    private final Duration interval;

    /**
     * Shows and starts syncs.
     *
     * @param interval how often one is made without being asked for; zero for never
     */
    public CatalogSyncs(LiveCatalog catalog, CatalogSync sync, Duration interval) {
        this.catalog = catalog;
        this.sync = sync;
        this.interval = interval;
    }

    /** {@code POST /v1/catalog/sync}: syncs now, or waits for the sync that runs, and tells what came of it. */
    public byte[] sync() {
        SyncReport report = sync.sync();
        JsonWriter json = new JsonWriter()
                .object()
                .text("synced_at", report.at().toString())
                .number("duration_ms", report.took().toMillis())
                .number("catalog_version", report.catalogVersion())
                .number(MODEL_COUNT, report.modelCount());
        providers(json, report.providers());
        return json.endObject().toBytes();
    }

    /** {@code GET /v1/catalog/sync-status}: when the last sync was, what came of it, and when there will be others. */
    public byte[] status() {
        Optional<SyncReport> last = sync.last();
        CatalogSnapshot now = catalog.snapshot();
        JsonWriter json = new JsonWriter()
                .object()
                .textOrNull(
                        "last_synced",
                        last.map(report -> report.at().toString()).orElse(null))
                .number(MODEL_COUNT, now.catalog().cards().size());
        Values.texts(
                json,
                "enabled_providers",
                now.upstreams().stream()
                        .map(upstream -> upstream.provider().id())
                        .toList());
        json.number("sync_interval_secs", interval.toSeconds()).bool("running", sync.isRunning());
        providers(json, last.map(SyncReport::providers).orElse(List.of()));
        return json.endObject().toBytes();
    }

    private static void providers(JsonWriter json, List<ProviderSync> results) {
        json.array("providers");
        for (ProviderSync result : results) {
            ListingChange change = result.change();
            json.object()
                    .text("provider", result.provider())
                    .number("discovered", change.discovered())
                    .number("added", change.added())
                    .number("retired", change.retired())
                    .number("restored", change.restored())
                    .number("unchanged", change.unchanged())
                    .textOrNull("error", result.error());
            Values.texts(json, "notes", change.notes());
            json.endObject();
        }
        json.endArray();
    }
}
