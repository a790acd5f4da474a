package dev.llmgateway.routing;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.quality.QualitySignal;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A catalog, a request and what is decided about them. Each vendor has one provider, of the same name. */
final class Given {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final Instant NOW = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final List<ModelCard> cards = new ArrayList<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private RoutingProfile profile = RoutingProfile.QUALITY_OPTIMIZED;
    private Requirements needs = needs(1_000);
    private LiveTtft live = new LiveTtft(() -> 0);
    private final Map<String, TargetState> states = new HashMap<>();
    private @Nullable ChatRequest request;
    private boolean failover = true;
    private final SignalBoard reports = new SignalBoard(InstantSource.fixed(NOW));

    /** Some model that can do all but embed, for a dollar per million tokens and with a quality of 0.5. */
    static ModelCard.Builder card(String id) {
        int slash = id.indexOf('/');
        return ModelCard.builder(id, id.substring(0, slash), id.substring(slash + 1))
                .capabilities(Capabilities.exactly(EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS))))
                .price(new ModelPrice(1, 1))
                .scores(quality(0.5));
    }

    static Scores quality(double value) {
        return new Scores(Stream.of(ScoreKind.values())
                .collect(Collectors.toMap(kind -> kind, kind -> new Scores.Score(value, "test", null))));
    }

    static Requirements needs(long promptTokens, Capability... capabilities) {
        return new Requirements(DataClassification.INTERNAL, Set.of(capabilities), promptTokens, null, null);
    }

    /** A model as {@link #card} has it. */
    Given model(String id) {
        return model(id, card -> card);
    }

    Given model(String id, UnaryOperator<ModelCard.Builder> with) {
        ModelCard card = with.apply(card(id)).build();
        cards.add(card);
        if (upstreams.stream().noneMatch(upstream -> upstream.vendor().equals(card.vendor()))) {
            upstreams.add(Upstream.named(card.vendor(), card.vendor()));
        }
        return this;
    }

    Given provider(Upstream upstream) {
        upstreams.add(upstream);
        return this;
    }

    Given profile(RoutingProfile value) {
        profile = value;
        return this;
    }

    Given needs(Requirements value) {
        needs = value;
        return this;
    }

    /** The state of {@code provider/model}. */
    Given state(String target, TargetState state) {
        states.put(target, state);
        return this;
    }

    /** What is asked, for what its needs do not tell. */
    Given request(ChatRequest value) {
        request = value;
        return this;
    }

    Given noFailover() {
        failover = false;
        return this;
    }

    Given live(LiveTtft value) {
        live = value;
        return this;
    }

    /** So many reports that say the same. */
    Given reported(String card, String taskType, int times, double value) {
        for (int i = 0; i < times; i++) {
            reports.record(new QualitySignal(card, taskType, "test", value, NOW));
        }
        return this;
    }

    RoutingTable table() {
        return RoutingTable.of(CatalogSnapshot.of(ModelCatalog.of(cards), upstreams));
    }

    RoutingDecision auto() {
        return decide(table(), Resolution.of("auto", Resolution.Match.AUTO), List.of(), null);
    }

    RoutingDecision auto(Candidate sticky) {
        return decide(table(), Resolution.of("auto", Resolution.Match.AUTO), List.of(), sticky);
    }

    RoutingDecision named(String wireId) {
        return named(wireId, null);
    }

    RoutingDecision named(String wireId, @Nullable Candidate sticky) {
        RoutingTable table = table();
        return decide(table, Resolution.of(wireId, Resolution.Match.WIRE_ID), table.byWireId(wireId), sticky);
    }

    /** A name that stands for several cards. */
    RoutingDecision namedCards(String... ids) {
        RoutingTable table = table();
        List<TableEntry> pinned =
                Stream.of(ids).flatMap(id -> table.byCard(id).stream()).toList();
        return decide(table, Resolution.of("name", Resolution.Match.CARD), pinned, null);
    }

    /** A model of which there is no card, by {@code provider/anything}. */
    RoutingDecision cardless(String provider, String model) {
        RoutingTable table = table();
        Upstream upstream = table.snapshot().upstreams().stream()
                .filter(one -> one.provider().id().equals(provider))
                .findFirst()
                .orElseThrow();
        return decide(
                table,
                Resolution.of(provider + "/" + model, Resolution.Match.PROVIDER),
                List.of(table.at(upstream, model)),
                null);
    }

    private RoutingDecision decide(
            RoutingTable table, Resolution resolution, List<TableEntry> pinned, @Nullable Candidate sticky) {
        TargetHealth health =
                (caller, provider, model) -> states.getOrDefault(provider.id() + "/" + model, TargetState.READY);
        return new RoutingEngine(live, reports, health)
                .decide(
                        table,
                        new RoutingQuery(
                                resolution, pinned, profile, needs, TODAY, sticky, Caller.DEFAULT, request, failover));
    }

    static Candidate candidate(String id) {
        int slash = id.indexOf('/');
        String model = id.substring(slash + 1);
        return new Candidate(id, id.substring(0, slash), model, model);
    }

    /** The cards of the chain, in order. */
    static List<String> chain(RoutingDecision decision) {
        return decision.chain().stream()
                .map(step -> step.candidate().card() + " " + step.why().word())
                .toList();
    }

    static List<String> ranking(RoutingDecision decision) {
        return decision.ranking().stream()
                .map(ranked -> ranked.candidate().card())
                .toList();
    }

    /** Who went out with which words, layer by layer. */
    static List<String> eliminated(RoutingDecision decision) {
        return decision.layers().stream()
                .flatMap(layer -> layer.eliminated().stream()
                        .map(out ->
                                layer.layer().word() + ": " + out.candidate().card() + " " + out.sentence()))
                .toList();
    }
}
