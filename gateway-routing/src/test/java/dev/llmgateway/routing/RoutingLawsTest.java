package dev.llmgateway.routing;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.LatencyTolerance;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.Scenarios.Scenario;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for every catalog and every request. The laws are stated over cards, not over what the engine makes of them. */
class RoutingLawsTest {

    /** Ways to ask for more. */
    enum Stricter {
        CAPABILITY,
        PROMPT,
        OUTPUT,
        CEILING,
        LATENCY
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenarios.all();
    }

    @Property(tries = 1_000)
    void nothingIsRankedThatMayNotServe(@ForAll("scenarios") Scenario scenario) {
        for (Ranked ranked : scenario.decide().ranking()) {
            Candidate candidate = ranked.candidate();
            assertServes(scenario, candidate, false);
            ModelCard.Ttft ttft = scenario.card(candidate).ttft();
            Duration limit = scenario.profile().latency().limit();
            assertThat(ttft == null || limit == null || ttft.millis() <= limit.toMillis())
                    .isTrue();
        }
    }

    @Property(tries = 1_000)
    void nothingIsTriedThatMayNotServe(@ForAll("scenarios") Scenario scenario) {
        for (ChainStep step : scenario.decide().chain()) {
            assertServes(scenario, step.candidate(), step.candidate().model().equals(scenario.named()));
        }
    }

    @Property(tries = 1_000)
    void whateverMayServeIsRanked(@ForAll("scenarios") Scenario scenario) {
        RoutingDecision decision = scenario.decide();
        LayerTrace last = decision.layers().getLast();

        assertThat(decision.ranking().size() + decision.eliminated().size())
                .isEqualTo(scenario.table().entries().size());
        assertThat(last.out()).isEqualTo(decision.ranking().size());
        for (int i = 1; i < decision.layers().size(); i++) {
            assertThat(decision.layers().get(i).in())
                    .isEqualTo(decision.layers().get(i - 1).out());
        }
    }

    @Property(tries = 1_000)
    void theRankingIsInTheDocumentedOrder(@ForAll("scenarios") Scenario scenario) {
        List<Ranked> ranking = scenario.decide().ranking();
        Comparator<Ranked> thinkingFirst = comparing(
                ranked -> scenario.card(ranked.candidate()).capabilities().has(Capability.EXTENDED_THINKING),
                reverseOrder());
        Comparator<Ranked> documented = comparing(Ranked::score, reverseOrder())
                .thenComparing(ranked -> ranked.ttftMillis() == Ranked.UNKNOWN)
                .thenComparing(Ranked::estimatedCost, nullsLast(naturalOrder()))
                .thenComparing(ranked -> ranked.candidate().card())
                .thenComparing(ranked -> ranked.candidate().provider());

        assertThat(ranking)
                .isSortedAccordingTo(
                        scenario.profile().prefersThinking() ? thinkingFirst.thenComparing(documented) : documented);
    }

    /** Many scenarios leave nobody over, and more have a profile that limits latency. */
    @Property(tries = 1_000, maxDiscardRatio = 20)
    void theScoreIsTheWeightedSumOfQualityAndCost(@ForAll("scenarios") Scenario scenario) {
        List<Ranked> ranking = scenario.decide().ranking();
        Assume.that(!ranking.isEmpty() && scenario.profile().latency().limit() == null);
        double least =
                ranking.stream().mapToDouble(RoutingLawsTest::logCost).min().orElseThrow();
        double most = ranking.stream()
                .mapToDouble(RoutingLawsTest::logCost)
                .filter(cost -> cost < Double.POSITIVE_INFINITY)
                .max()
                .orElse(0);
        for (Ranked ranked : ranking) {
            double spread = most == least ? 1 : 1 - (logCost(ranked) - least) / (most - least);
            double cost = Double.isNaN(ranked.estimatedCost()) ? 0 : spread;
            double quality = quality(scenario.card(ranked.candidate()).scores(), scenario.profile());
            assertThat(ranked.score())
                    .isCloseTo(
                            scenario.profile().qualityWeight() * quality
                                    + scenario.profile().costWeight() * cost,
                            within(1e-9));
        }
    }

    @Property(tries = 1_000)
    void theSameInputsMakeTheSameDecision(@ForAll("scenarios") Scenario scenario) {
        RoutingDecision one = scenario.decide();
        RoutingDecision other = scenario.decide();

        assertThat(other.chain()).isEqualTo(one.chain());
        assertThat(other.ranking()).isEqualTo(one.ranking());
        assertThat(other.refusal()).isEqualTo(one.refusal());
        assertThat(other.eliminated()).isEqualTo(one.eliminated());
    }

    @Property(tries = 1_000)
    void aHigherPriceNeverMakesABetterRank(@ForAll("scenarios") Scenario scenario, @ForAll("factors") double factor) {
        for (int i = 0; i < scenario.cards().size(); i++) {
            ModelPrice price = scenario.cards().get(i).price();
            if (price != null) {
                assertRanksNoBetter(scenario, i, raised(price, factor));
            }
        }
    }

    private static void assertRanksNoBetter(Scenario scenario, int index, ModelPrice price) {
        ModelCard card = scenario.cards().get(index);
        List<ModelCard> dearer = new ArrayList<>(scenario.cards());
        dearer.set(index, card.toBuilder().price(price).build());

        List<Ranked> before = scenario.decide().ranking();
        List<Ranked> after = scenario.withCards(dearer).decide().ranking();

        for (Ranked ranked : after) {
            if (ranked.candidate().card().equals(card.id())) {
                assertThat(othersBefore(after, ranked.candidate()))
                        .containsAll(othersBefore(before, ranked.candidate()));
            }
        }
    }

    @Property(tries = 1_000)
    void askingForMoreNeverAddsACandidate(
            @ForAll("scenarios") Scenario scenario, @ForAll Stricter how, @ForAll Capability capability) {
        Set<Candidate> before = candidates(scenario.decide());
        Set<Candidate> after = candidates(stricter(scenario, how, capability).decide());

        assertThat(before).containsAll(after);
    }

    @Property(tries = 1_000)
    void theChainHoldsASecondProviderWhenOneSurvives(@ForAll("scenarios") Scenario scenario) {
        RoutingDecision decision = scenario.decide();
        if (decision.refusal() != null || isBoundToItsModel(scenario)) {
            return;
        }
        Set<String> survivors = new HashSet<>(providers(decision.chain()));
        decision.ranking().forEach(ranked -> survivors.add(ranked.candidate().provider()));

        assertThat(new HashSet<>(providers(decision.chain())).size() >= 2).isEqualTo(survivors.size() >= 2);
    }

    @Property(tries = 1_000)
    void behindANamedEmbeddingModelStandsNoOther(@ForAll("scenarios") Scenario scenario) {
        if (!isBoundToItsModel(scenario)) {
            return;
        }
        List<TableEntry> named = scenario.table().byWireId(Objects.requireNonNull(scenario.named()));
        for (ChainStep step : scenario.decide().chain()) {
            String plain = scenario.card(step.candidate()).plainName();
            assertThat(named)
                    .anyMatch(entry ->
                            entry.candidate().model().equals(step.candidate().model())
                                    || entry.card() != null
                                            && entry.card().plainName().equals(plain));
        }
    }

    private static boolean isBoundToItsModel(Scenario scenario) {
        String named = scenario.named();
        return named != null
                && !scenario.table().byWireId(named).isEmpty()
                && scenario.needs().capabilities().contains(Capability.EMBEDDINGS);
    }

    @Property(tries = 1_000)
    void theChainIsShortAndNamesNoTargetTwice(@ForAll("scenarios") Scenario scenario) {
        List<ChainStep> chain = scenario.decide().chain();

        assertThat(chain.size()).isLessThanOrEqualTo(3);
        assertThat(chain).extracting(step -> step.candidate().toString()).doesNotHaveDuplicates();
    }

    @Property(tries = 1_000)
    void aNamedModelLeadsOrNobodyDoes(@ForAll("scenarios") Scenario scenario) {
        String named = scenario.named();
        List<ChainStep> chain = scenario.decide().chain();

        assertThat(named == null
                        || scenario.table().byWireId(named).isEmpty()
                        || chain.isEmpty()
                        || chain.getFirst().candidate().model().equals(named))
                .isTrue();
    }

    @Provide
    Arbitrary<Double> factors() {
        return Arbitraries.of(1.0, 1.5, 2.0, 10.0, 1_000.0);
    }

    /** A named model is judged a little milder: nobody asks how much it writes, and what its card does not say is not held against it. */
    private static void assertServes(Scenario scenario, Candidate candidate, boolean named) {
        ModelCard card = scenario.card(candidate);
        Requirements needs = scenario.needs();
        assertThat(card.lifecycle().isRetired(Scenarios.TODAY)).isFalse();
        assertThat(levels(card, scenario.upstream(candidate))).contains(needs.classification());
        assertThat(needs.capabilities())
                .allMatch(capability -> named
                        ? !card.capabilities().absent().contains(capability)
                        : card.capabilities().has(capability));
        assertThat(isAffordable(card, needs)).isTrue();
        if (!needs.capabilities().contains(Capability.EMBEDDINGS)) {
            assertFits(card.limits(), needs, named);
        }
    }

    private static void assertFits(ModelCard.Limits limits, Requirements needs, boolean named) {
        assertThat(fits(limits.contextWindow(), needs.windowTokens())).isTrue();
        assertThat(fits(limits.maxInputTokens(), needs.promptTokens())).isTrue();
        Integer output = needs.requestedOutputTokens();
        Integer longest = limits.maxOutputTokens();
        assertThat(named || output == null || longest == null || output <= longest)
                .isTrue();
    }

    private static boolean fits(@Nullable Long limit, long needed) {
        return limit == null || needed <= limit;
    }

    private static boolean isAffordable(ModelCard card, Requirements needs) {
        Double ceiling = needs.maxCost();
        ModelPrice price = card.price() == null && card.vendor().equals("local") ? new ModelPrice(0, 0) : card.price();
        if (ceiling == null || price == null) {
            return ceiling == null;
        }
        int asked = needs.requestedOutputTokens() == null ? 1_024 : needs.requestedOutputTokens();
        Integer longest = card.limits().maxOutputTokens();
        return price.of(needs.promptTokens(), longest == null ? asked : Math.min(asked, longest)) <= ceiling;
    }

    private static Set<DataClassification> levels(ModelCard card, Upstream upstream) {
        DataClassification highest = upstream.maxClassification();
        Set<DataClassification> levels = EnumSet.noneOf(DataClassification.class);
        for (DataClassification level : DataClassification.values()) {
            boolean usual = highest != null
                    || upstream.vendor().equals("local")
                    || level.compareTo(DataClassification.INTERNAL) <= 0;
            boolean byCard = card.classifications() == null
                    ? usual
                    : card.classifications().contains(level);
            if (byCard && (highest == null || level.compareTo(highest) <= 0)) {
                levels.add(level);
            }
        }
        return levels;
    }

    private static Scenario stricter(Scenario scenario, Stricter how, Capability capability) {
        Requirements needs = scenario.needs();
        Integer output = needs.requestedOutputTokens();
        return switch (how) {
            case CAPABILITY -> scenario.withNeeds(with(needs, capability));
            case PROMPT ->
                scenario.withNeeds(new Requirements(
                        needs.classification(),
                        needs.capabilities(),
                        needs.promptTokens() * 2 + 500,
                        output,
                        needs.maxCost()));
            case OUTPUT ->
                scenario.withNeeds(new Requirements(
                        needs.classification(),
                        needs.capabilities(),
                        needs.promptTokens(),
                        output == null ? 1_024 : output + 600,
                        needs.maxCost()));
            case CEILING ->
                scenario.withNeeds(new Requirements(
                        needs.classification(),
                        needs.capabilities(),
                        needs.promptTokens(),
                        output,
                        needs.maxCost() == null ? 0.01 : needs.maxCost() / 2));
            case LATENCY -> scenario.withProfile(quicker(scenario.profile()));
        };
    }

    /** Whoever asks for vectors does not chat: that is another request, not a stricter one. */
    private static Requirements with(Requirements needs, Capability capability) {
        Set<Capability> more = EnumSet.noneOf(Capability.class);
        more.addAll(needs.capabilities());
        if (capability != Capability.EMBEDDINGS) {
            more.add(capability);
        }
        return new Requirements(
                needs.classification(), more, needs.promptTokens(), needs.requestedOutputTokens(), needs.maxCost());
    }

    private static RoutingProfile quicker(RoutingProfile profile) {
        LatencyTolerance tolerance =
                profile.latency().limit() == null ? LatencyTolerance.INTERACTIVE : LatencyTolerance.REALTIME;
        return new RoutingProfile(
                "quicker",
                "tests",
                profile.qualityWeight(),
                profile.costWeight(),
                tolerance,
                profile.scoreWeights(),
                profile.required(),
                profile.prefersThinking());
    }

    private static ModelPrice raised(ModelPrice price, double factor) {
        List<ModelPrice.Tier> tiers = price.tiers().stream()
                .map(tier -> new ModelPrice.Tier(
                        tier.aboveInputTokens(),
                        tier.input() * factor + 0.01,
                        tier.output() * factor + 0.01,
                        null,
                        null))
                .toList();
        return new ModelPrice(price.input() * factor + 0.01, price.output() * factor + 0.01, null, null, null, tiers);
    }

    /** Of other cards: the same card at another provider is dearer, too. */
    private static Set<Candidate> othersBefore(List<Ranked> ranking, Candidate candidate) {
        Set<Candidate> before = new HashSet<>();
        for (Ranked ranked : ranking) {
            if (ranked.candidate().equals(candidate)) {
                break;
            }
            if (!ranked.candidate().card().equals(candidate.card())) {
                before.add(ranked.candidate());
            }
        }
        return before;
    }

    private static Set<Candidate> candidates(RoutingDecision decision) {
        Set<Candidate> candidates = new HashSet<>();
        decision.ranking().forEach(ranked -> candidates.add(ranked.candidate()));
        return candidates;
    }

    private static List<String> providers(List<ChainStep> chain) {
        return chain.stream().map(step -> step.candidate().provider()).toList();
    }

    private static double logCost(Ranked ranked) {
        return Double.isNaN(ranked.estimatedCost())
                ? Double.POSITIVE_INFINITY
                : Math.log(Math.max(ranked.estimatedCost(), 1e-6));
    }

    private static double quality(Scores scores, RoutingProfile profile) {
        double sum = 0;
        double weights = 0;
        for (Map.Entry<ScoreKind, Double> weight : profile.scoreWeights().entrySet()) {
            Scores.Score score = scores.get(weight.getKey());
            if (score != null) {
                sum += score.value() * weight.getValue();
                weights += weight.getValue();
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
