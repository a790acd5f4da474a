package dev.llmgateway.routing;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Elimination.Reason;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.ir.tokens.PromptEstimate;
import dev.llmgateway.routing.NameResolver.Resolved;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes calls over a live catalog: finds out what the model's name means and what the call needs, and lets the
 * {@link RoutingEngine} choose, or stays with the model that the conversation began with.
 *
 * <pre>{@code
 * LiveCatalog catalog = new LiveCatalog(ModelCatalog.shipped());
 * catalog.add(new Upstream(Providers.openAi("openai", key), "openai"));
 * Gateway gateway = Gateway.builder()
 *         .router(ModelRouter.builder(catalog).build())
 *         .clearances(new CatalogClearances(catalog))
 *         .build();
 * }</pre>
 *
 * A call sees one version of the catalog from its beginning to its end. Thread safe; nothing waits.
 */
public final class ModelRouter implements Router {

    private final LiveCatalog catalog;
    private final NameRules rules;
    private final RoutingEngine engine;
    private final StickyRoutes conversations;
    private final @Nullable Double maxCostPerRequest;
    private final @Nullable DataClassification maxClassification;
    private final InstantSource clock;
    private volatile @Nullable Version current;
    private volatile @Nullable Listing listing;

    /** What was made of one version of the catalog. */
    private record Version(CatalogSnapshot source, RoutingTable table, NameResolver names) {}

    private record Listing(Version version, LocalDate day, List<ModelInfo> models) {}

    private ModelRouter(Builder from) {
        catalog = from.catalog;
        rules = from.rules;
        engine = new RoutingEngine(
                from.liveTtft == null ? new LiveTtft(from.ticker) : from.liveTtft,
                from.reports == null ? new SignalBoard(from.clock) : from.reports,
                from.health);
        conversations = new StickyRoutes(from.stickyTtl, from.ticker);
        maxCostPerRequest = from.maxCostPerRequest;
        maxClassification = from.maxClassification;
        clock = from.clock;
    }

    /** Starts a router over this catalog and its providers. */
    public static Builder builder(LiveCatalog catalog) {
        return new Builder(catalog);
    }

    @Override
    public Route route(Exchange exchange) {
        Version version = version();
        RoutingOptions options = exchange.options().routing();
        String tenant = exchange.caller().tenant();
        Candidate before = before(exchange);
        RoutingDecision decision = decide(version, exchange, before);
        if (!exchange.request().asksForVectors() && mayBeRemembered(decision, before)) {
            conversations.remember(
                    tenant, options, before, decision.chain().getFirst().candidate());
        }
        return new Route(targets(version.table, decision), decision);
    }

    @Override
    public RoutingDecision preview(Exchange exchange) {
        return decide(version(), exchange, before(exchange));
    }

    /** A conversation is one of chats. */
    private @Nullable Candidate before(Exchange exchange) {
        CallOptions options = exchange.options();
        return exchange.request().asksForVectors()
                ? null
                : conversations.find(options.caller().tenant(), options.routing());
    }

    @Override
    public @Nullable List<String> named(Exchange exchange) {
        Resolved name = version().names.resolve(exchange.request().model(), today());
        if (name.refusal() != null) {
            return null;
        }
        List<String> models = new ArrayList<>(name.pinned().size());
        for (TableEntry entry : name.pinned()) {
            models.add(entry.candidate().toString());
        }
        return models;
    }

    /**
     * The decision for a call of which only this is known; nothing is remembered.
     *
     * @param model a name as in a request
     * @param needs what the call needs; these are its classification and its ceiling, whatever the options say
     */
    public RoutingDecision decide(String model, Requirements needs, RoutingOptions options) {
        CallOptions alone = CallOptions.defaults().withRouting(options);
        return decide(version(), model, null, needs, alone, conversations.find(Caller.DEFAULT.tenant(), options));
    }

    /**
     * The models that can be asked for: aliases in the alphabet's order, {@code auto}, then the catalog's models that chat
     * and are in service, with the announced day of their end. The same list object as long as nothing has changed.
     */
    public List<ModelInfo> models() {
        Version version = version();
        LocalDate today = today();
        Listing known = listing;
        if (known == null || known.version != version || !known.day.equals(today)) {
            known = new Listing(version, today, ServedModels.of(rules, version.table, today));
            listing = known;
        }
        return known.models;
    }

    /**
     * The model that a name means, as it is {@linkplain #models() listed} but with that name for its id: an alias, a model's
     * id with or without its provider, or what an ended model was replaced by.
     *
     * @throws GatewayException.ModelNotFound when the name means nothing, or nothing that is listed
     */
    public ModelInfo model(String name) {
        return ServedModels.named(name, models(), version().names.resolve(name, today()));
    }

    /** A model that only cannot be asked now is left for this call, as if it had failed, and the conversation comes back to it. */
    private static boolean mayBeRemembered(RoutingDecision decision, @Nullable Candidate before) {
        if (decision.chain().isEmpty()) {
            return false;
        }
        ChainStep first = decision.chain().getFirst();
        if (before == null) {
            return first.why() != ChainStep.Why.STAND_IN;
        }
        return decision.resolution().match() == Match.AUTO
                && !first.candidate().equals(before)
                && decision.eliminated().stream()
                        .noneMatch(out -> out.reason() instanceof Reason.Unavailable
                                && out.candidate().equals(before));
    }

    private RoutingDecision decide(Version version, Exchange exchange, @Nullable Candidate before) {
        CallOptions options = exchange.options();
        PromptEstimate known = exchange.prompt();
        PromptEstimate prompt = known == null ? PromptEstimate.of(exchange.request()) : known;
        Requirements needs = RequestNeeds.of(exchange.request(), prompt, options.routing());
        RoutingDecision decision = decide(version, exchange.request(), needs, options, before);
        return exchange.request().asksForVectors() ? WhyNot.unlessNamed(decision) : decision;
    }

    /** Models that think come into question alone as long as there are any. */
    private RoutingDecision decide(
            Version version, ChatRequest request, Requirements needs, CallOptions options, @Nullable Candidate before) {
        RoutingDecision decision = decide(version, request.model(), request, needs, options, before);
        Requirements fewer =
                decision.refusal() == null ? null : RequestNeeds.withoutThinking(needs, request, options.routing());
        return fewer == null ? decision : decide(version, request.model(), request, fewer, options, before);
    }

    private RoutingDecision decide(
            Version version,
            String model,
            @Nullable ChatRequest request,
            Requirements asked,
            CallOptions options,
            @Nullable Candidate before) {
        RoutingProfile profile = options.routing().profile();
        Requirements needs = asked.atMost(maxCostPerRequest);
        LocalDate today = today();
        Resolved name = version.names.resolve(model, today);
        Refusal refusal = tooSensitive(needs.classification());
        if (refusal == null) {
            refusal = name.refusal();
        }
        if (refusal != null) {
            long number = version.source.version();
            return new RoutingDecision(
                    name.resolution(), profile, needs, number, List.of(), List.of(), List.of(), refusal);
        }
        RoutingQuery query = new RoutingQuery(
                name.resolution(),
                name.pinned(),
                profile,
                needs,
                today,
                before,
                options.caller(),
                request,
                options.failover());
        return engine.decide(version.table, query);
    }

    private @Nullable Refusal tooSensitive(DataClassification level) {
        if (maxClassification == null || level.compareTo(maxClassification) <= 0) {
            return null;
        }
        return new Refusal.NotAuthorised("data of the classification \"" + level.word() + "\" is not accepted here: \""
                + maxClassification.word() + "\" is the highest");
    }

    private static List<RouteTarget> targets(RoutingTable table, RoutingDecision decision) {
        List<RouteTarget> targets = new ArrayList<>(decision.chain().size());
        for (ChainStep step : decision.chain()) {
            Candidate candidate = step.candidate();
            Upstream upstream = table.upstream(candidate.provider());
            if (upstream == null) {
                throw new IllegalStateException("the chain names a provider that the table does not have");
            }
            targets.add(upstream.target(candidate.model()));
        }
        return targets;
    }

    /** Several threads may make the same version at the same time; the last one stays, and all are alike. */
    private Version version() {
        CatalogSnapshot now = catalog.snapshot();
        Version known = current;
        if (known == null || known.source != now) {
            RoutingTable table = RoutingTable.of(rules.applyTo(now));
            known = new Version(now, table, new NameResolver(rules, table));
            current = known;
        }
        return known;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Collects the parts of a {@link ModelRouter}. Not thread safe. */
    public static final class Builder {
        private final LiveCatalog catalog;
        private NameRules rules = NameRules.NONE;
        private Duration stickyTtl = Duration.ofMinutes(15);
        private @Nullable Double maxCostPerRequest;
        private @Nullable DataClassification maxClassification;
        private @Nullable LiveTtft liveTtft;
        private @Nullable SignalBoard reports;
        private TargetHealth health = TargetHealth.ALL_READY;
        private InstantSource clock = InstantSource.system();
        private Ticker ticker = Ticker.system();

        private Builder(LiveCatalog catalog) {
            this.catalog = catalog;
        }

        /** Aliases and deprecations; none unless set. {@link NameCheck} finds those that lead nowhere. */
        public Builder rules(NameRules value) {
            this.rules = value;
            return this;
        }

        /**
         * How long a conversation stays with its model; 15 minutes unless set, zero for not at all.
         *
         * @throws IllegalArgumentException when negative
         */
        public Builder stickyTtl(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("stickyTtl is " + value + ": it must be at least zero");
            }
            this.stickyTtl = value;
            return this;
        }

        /**
         * The most that a call may cost, in US dollars; null, as unless set, for no limit but the caller's.
         *
         * @throws IllegalArgumentException when negative or no number
         */
        public Builder maxCostPerRequest(@Nullable Double dollars) {
            if (dollars != null && !(dollars >= 0)) {
                throw new IllegalArgumentException("maxCostPerRequest is " + dollars + ": it must be at least 0");
            }
            this.maxCostPerRequest = dollars;
            return this;
        }

        /** The highest level of data that is accepted at all; null, as unless set, for any. */
        public Builder maxClassification(@Nullable DataClassification value) {
            this.maxClassification = value;
            return this;
        }

        /** Measured times to the first token, which must be a listener of the gateway too; else cards alone count. */
        public Builder liveTtft(LiveTtft value) {
            this.liveTtft = value;
            return this;
        }

        /** Reports about the quality of answers, which are blended into the cards' scores; else cards alone count. */
        public Builder reports(SignalBoard value) {
            this.reports = value;
            return this;
        }

        /**
         * Who can be asked now; everybody unless set. Of several that know something, use
         * {@link TargetHealth#all TargetHealth.all}.
         */
        public Builder health(TargetHealth value) {
            this.health = value;
            return this;
        }

        /** Tells the day by which models retire; for tests. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Where elapsed time comes from; for tests. */
        public Builder ticker(Ticker value) {
            this.ticker = value;
            return this;
        }

        /** Builds the router. The builder may be used again. */
        public ModelRouter build() {
            return new ModelRouter(this);
        }
    }
}
