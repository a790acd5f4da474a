package dev.llmgateway.routing.sync;

import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ListingChange;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks all providers of a catalog for their models and brings the catalog up to date. All are asked at the same time, and
 * all have the same time to answer; one that hangs, fails or answers nonsense costs the others nothing. Thread safe; one
 * sync runs at a time.
 */
public final class CatalogSync {

    /** How long providers may take to list their models, unless said otherwise. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LiveCatalog catalog;
    private final InstantSource clock;
    private final Duration timeout;
    private final Patience patience;
    private final AtomicReference<@Nullable CompletableFuture<SyncReport>> running = new AtomicReference<>();
    /** The providers that still have a question that they were given up on; for the sync that runs. */
    private List<Inquiry> unanswered = List.of();

    private volatile @Nullable SyncReport last;

    /** Waits for answers. */
    interface Patience {
        /** Returns when all have answered, or when the time is over. */
        void await(CountDownLatch answers, Duration atMost) throws InterruptedException;
    }

    /** Providers have {@link #TIMEOUT} to answer. */
    public CatalogSync(LiveCatalog catalog, InstantSource clock) {
        this(catalog, clock, TIMEOUT);
    }

    /**
     * A sync that waits as long as is said.
     *
     * @param timeout for each provider and for all together
     */
    public CatalogSync(LiveCatalog catalog, InstantSource clock, Duration timeout) {
        this(catalog, clock, timeout, (answers, atMost) -> answers.await(atMost.toNanos(), TimeUnit.NANOSECONDS));
    }

    CatalogSync(LiveCatalog catalog, InstantSource clock, Duration timeout, Patience patience) {
        this.catalog = catalog;
        this.clock = clock;
        this.timeout = timeout;
        this.patience = patience;
    }

    /**
     * Syncs, and returns after the timeout at the latest. While another thread syncs, this waits for that and returns its
     * report. An interrupt ends the waiting: who has not answered then has failed.
     */
    public SyncReport sync() {
        CompletableFuture<SyncReport> mine = new CompletableFuture<>();
        CompletableFuture<SyncReport> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other.join();
        }
        try {
            SyncReport report = syncAlone();
            last = report;
            mine.complete(report);
            return report;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.set(null);
        }
    }

    /** What came of the last sync; empty before the first. */
    public Optional<SyncReport> last() {
        return Optional.ofNullable(last);
    }

    /** Whether a sync runs now. */
    public boolean isRunning() {
        return running.get() != null;
    }

    private SyncReport syncAlone() {
        Instant at = clock.instant();
        List<Upstream> upstreams = catalog.snapshot().upstreams();
        Map<String, Inquiry.Outcome> outcomes = ask(upstreams);
        Map<Upstream, List<ModelInfo>> lists = new LinkedHashMap<>();
        for (Upstream upstream : upstreams) {
            if (outcomes.get(upstream.provider().id()) instanceof Inquiry.Outcome.Listed listed
                    && !listed.models().isEmpty()) {
                lists.put(upstream, listed.models());
            }
        }
        Map<String, ListingChange> changes = catalog.list(lists);
        List<ProviderSync> results = new ArrayList<>();
        outcomes.forEach((provider, outcome) -> results.add(result(provider, outcome, changes.get(provider))));
        CatalogSnapshot after = catalog.snapshot();
        return new SyncReport(
                at,
                Duration.between(at, clock.instant()),
                after.version(),
                after.catalog().cards().size(),
                results);
    }

    private Map<String, Inquiry.Outcome> ask(List<Upstream> upstreams) {
        Map<String, Inquiry.Outcome> outcomes = new LinkedHashMap<>();
        List<Upstream> askable = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            String id = upstream.provider().id();
            outcomes.put(
                    id, new Inquiry.Outcome.Failed("provider \"" + id + "\" still owes the answer to an earlier sync"));
            if (unanswered.stream().noneMatch(inquiry -> inquiry.upstream().equals(upstream) && inquiry.isRunning())) {
                askable.add(upstream);
            }
        }
        CountDownLatch answers = new CountDownLatch(askable.size());
        List<Inquiry> inquiries = askable.stream()
                .map(upstream -> Inquiry.start(upstream, timeout, answers::countDown))
                .toList();
        await(answers);
        for (Inquiry inquiry : inquiries) {
            outcomes.put(inquiry.upstream().provider().id(), inquiry.end());
        }
        List<Inquiry> owing = new ArrayList<>(unanswered);
        owing.addAll(inquiries);
        unanswered = owing.stream().filter(Inquiry::isRunning).toList();
        return outcomes;
    }

    private void await(CountDownLatch answers) {
        try {
            patience.await(answers, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProviderSync result(String provider, Inquiry.Outcome outcome, @Nullable ListingChange change) {
        return switch (outcome) {
            case Inquiry.Outcome.Failed failed -> ProviderSync.without(provider, failed.why());
            case Inquiry.Outcome.Listed listed when listed.models().isEmpty() -> ProviderSync.without(provider, null);
            case Inquiry.Outcome.Listed listed ->
                change == null
                        ? ProviderSync.without(provider, "provider \"" + provider + "\" was removed in the meantime")
                        : new ProviderSync(provider, change, null);
        };
    }
}
