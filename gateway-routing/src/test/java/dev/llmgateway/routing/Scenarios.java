package dev.llmgateway.routing;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.CatalogSnapshot;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import dev.llmgateway.routing.signals.SignalBoard;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Random catalogs and requests, of few values each, so that ties, equal names and bounds that are just met are common. */
final class Scenarios {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final List<String> VENDORS = List.of("openai", "anthropic", "local");

    private Scenarios() {}

    /**
     * A catalog and a request.
     *
     * @param named the wire id that the caller names; null for none
     * @param sticky what the conversation began with; null for none
     */
    record Scenario(
            List<ModelCard> cards,
            List<Upstream> upstreams,
            RoutingProfile profile,
            Requirements needs,
            @Nullable String named,
            @Nullable Candidate sticky) {

        RoutingTable table() {
            return RoutingTable.of(CatalogSnapshot.of(ModelCatalog.of(cards), upstreams));
        }

        RoutingDecision decide() {
            return decide(TargetHealth.ALL_READY, true);
        }

        RoutingDecision decide(TargetHealth health, boolean failover) {
            RoutingTable table = table();
            List<TableEntry> pinned = named == null ? List.of() : table.byWireId(named);
            Resolution resolution = named == null
                    ? Resolution.of("auto", Resolution.Match.AUTO)
                    : Resolution.of(named, Resolution.Match.WIRE_ID);
            return new RoutingEngine(new LiveTtft(() -> 0), new SignalBoard(InstantSource.system()), health)
                    .decide(
                            table,
                            new RoutingQuery(
                                    resolution, pinned, profile, needs, TODAY, sticky, Caller.DEFAULT, null, failover));
        }

        /** Whether vectors of a named model are asked for, which no other model can make. */
        boolean isBoundToItsModel() {
            return named != null
                    && !table().byWireId(named).isEmpty()
                    && needs.capabilities().contains(Capability.EMBEDDINGS);
        }

        ModelCard card(Candidate candidate) {
            return cards.stream()
                    .filter(card -> card.id().equals(candidate.card()))
                    .findFirst()
                    .orElseThrow();
        }

        Upstream upstream(Candidate candidate) {
            return upstreams.stream()
                    .filter(upstream -> upstream.provider().id().equals(candidate.provider()))
                    .findFirst()
                    .orElseThrow();
        }

        Scenario withCards(List<ModelCard> other) {
            return new Scenario(other, upstreams, profile, needs, named, sticky);
        }

        Scenario withNeeds(Requirements other) {
            return new Scenario(cards, upstreams, profile, other, named, sticky);
        }

        Scenario withProfile(RoutingProfile other) {
            return new Scenario(cards, upstreams, other, needs, named, sticky);
        }
    }

    static Arbitrary<Scenario> all() {
        return Arbitraries.randomValue(random -> new Maker(random).scenario());
    }

    private record Maker(Random random) {

        Scenario scenario() {
            List<Upstream> upstreams = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                upstreams.add(new Upstream(
                        Upstream.named("p" + i, "any").provider(),
                        oneOf(VENDORS),
                        null,
                        random.nextInt(4) == 0 ? oneOf(List.of(DataClassification.values())) : null));
            }
            List<ModelCard> cards = new ArrayList<>();
            for (int i = 0; i < random.nextInt(16); i++) {
                cards.add(card(i));
            }
            Candidate sticky = null;
            if (!cards.isEmpty() && random.nextInt(3) == 0) {
                ModelCard card = oneOf(cards);
                sticky = new Candidate(card.id(), oneOf(upstreams).provider().id(), card.wireId(), card.name());
            }
            String named = random.nextBoolean() ? "m" + random.nextInt(8) : null;
            return new Scenario(cards, upstreams, oneOf(RoutingProfile.all()), needs(), named, sticky);
        }

        private Requirements needs() {
            return new Requirements(
                    random.nextInt(4) > 0 ? DataClassification.INTERNAL : oneOf(List.of(DataClassification.values())),
                    some(10),
                    oneOf(List.of(0L, 10L, 1_000L, 1_000L, 100_000L)),
                    maybe(List.of(0, 500, 5_000)),
                    random.nextInt(4) == 0 ? oneOf(List.of(0.0, 0.001, 0.1)) : null);
        }

        private ModelCard card(int number) {
            String vendor = oneOf(VENDORS);
            return ModelCard.builder(vendor + "/card" + number, vendor, "m" + random.nextInt(8))
                    .chats(random.nextInt(10) > 0)
                    .limits(new ModelCard.Limits(
                            maybe(List.of(1_000L, 1_500L, 200_000L)),
                            maybe(List.of(1_000L, 150_000L)),
                            maybe(List.of(500, 64_000))))
                    .capabilities(capabilities())
                    .price(price())
                    .lifecycle(lifecycle())
                    .scores(scores())
                    .ttft(
                            random.nextBoolean()
                                    ? new ModelCard.Ttft(oneOf(List.of(100L, 500L, 501L, 3_000L)), "test")
                                    : null)
                    .classifications(random.nextInt(6) == 0 ? levels() : null)
                    .build();
        }

        private Capabilities capabilities() {
            if (random.nextInt(6) == 0) {
                return Capabilities.UNKNOWN;
            }
            Set<Capability> absent = some(6);
            Set<Capability> present = EnumSet.allOf(Capability.class);
            present.removeAll(absent);
            present.removeAll(some(10));
            if (random.nextInt(8) > 0) {
                present.remove(Capability.EMBEDDINGS);
            }
            return new Capabilities(present, absent);
        }

        private @Nullable ModelPrice price() {
            Double input = maybe(List.of(0.0, 0.5, 1.0, 20.0));
            if (input == null) {
                return null;
            }
            List<ModelPrice.Tier> tiers = random.nextInt(4) == 0
                    ? List.of(new ModelPrice.Tier(10_000, input * 2, input * 8, null, null))
                    : List.of();
            return new ModelPrice(input, input * 4, null, null, null, tiers);
        }

        private Lifecycle lifecycle() {
            Lifecycle.Status status =
                    random.nextInt(4) > 0 ? Lifecycle.Status.ACTIVE : oneOf(List.of(Lifecycle.Status.values()));
            LocalDate on = random.nextInt(6) == 0 ? TODAY.plusDays(random.nextInt(-1, 2)) : null;
            return new Lifecycle(status, on, null);
        }

        private Scores scores() {
            Map<ScoreKind, Scores.Score> scores = new EnumMap<>(ScoreKind.class);
            for (ScoreKind kind : ScoreKind.values()) {
                if (random.nextBoolean()) {
                    scores.put(kind, new Scores.Score(random.nextInt(5) / 4.0, "test", null));
                }
            }
            return new Scores(scores);
        }

        private Set<DataClassification> levels() {
            Set<DataClassification> levels = EnumSet.noneOf(DataClassification.class);
            for (DataClassification level : DataClassification.values()) {
                if (random.nextBoolean()) {
                    levels.add(level);
                }
            }
            return levels;
        }

        /** Each with a chance of one in so many. */
        private Set<Capability> some(int oneIn) {
            Set<Capability> some = EnumSet.noneOf(Capability.class);
            for (Capability capability : Capability.values()) {
                if (random.nextInt(oneIn * 2) == 0) {
                    some.add(capability);
                }
            }
            return some;
        }

        private <T> T oneOf(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }

        private <T> @Nullable T maybe(List<T> values) {
            return random.nextInt(3) == 0 ? null : oneOf(values);
        }
    }
}
