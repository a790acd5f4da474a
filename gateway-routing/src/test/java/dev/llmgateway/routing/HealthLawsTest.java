package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.ChainStep.Why;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.routing.Scenarios.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every catalog and every request, whoever can be asked at the moment. */
class HealthLawsTest {

    /** States that look random and do not change. */
    private record Fixed(long seed, List<String> asked) implements TargetHealth {
        Fixed(long seed) {
            this(seed, new ArrayList<>());
        }

        @Override
        public TargetState state(Caller caller, Provider provider, String model) {
            asked.add(provider.id() + "/" + model);
            return of(provider.id(), model);
        }

        TargetState of(Candidate candidate) {
            return of(candidate.provider(), candidate.model());
        }

        private TargetState of(String provider, String model) {
            int number = Math.floorMod(Objects.hash(seed, provider, model) * 0x9E3779B9, 90);
            if (number < 30) {
                return TargetState.READY;
            }
            return number < 45
                    ? new TargetState.Strained("is strained")
                    : new TargetState.Unavailable(
                            Cause.values()[number % 3], Duration.ofSeconds(number), "cannot be asked");
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Scenarios.all();
    }

    @Property(tries = 2_000)
    void nobodyIsTriedWhoCannotBeAsked(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Fixed health = new Fixed(seed);
        RoutingDecision decision = scenario.decide(health, true);

        assertThat(decision.chain()).noneMatch(step -> health.of(step.candidate()) instanceof TargetState.Unavailable);
        assertThat(decision.ranking())
                .noneMatch(ranked -> health.of(ranked.candidate()) instanceof TargetState.Unavailable);
    }

    @Property(tries = 2_000)
    void whoIsStrainedStandsBehindWhoIsNot(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Fixed health = new Fixed(seed);
        RoutingDecision decision = scenario.decide(health, true);

        assertThat(decision.ranking())
                .allSatisfy(ranked ->
                        assertThat(ranked.strained() != null).isEqualTo(isStrained(health, ranked.candidate())));
        assertReadyFirst(
                health, decision.ranking().stream().map(Ranked::candidate).toList());
        for (boolean named : List.of(true, false)) {
            assertReadyFirst(
                    health,
                    decision.chain().stream()
                            .filter(step -> step.why() != Why.STICKY && isNamed(step) == named)
                            .map(ChainStep::candidate)
                            .toList());
        }
    }

    @Property(tries = 2_000)
    void theSameStatesMakeTheSameDecision(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        RoutingDecision one = scenario.decide(new Fixed(seed), true);
        RoutingDecision other = scenario.decide(new Fixed(seed), true);

        assertThat(other.chain()).isEqualTo(one.chain());
        assertThat(other.ranking()).isEqualTo(one.ranking());
        assertThat(other.refusal()).isEqualTo(one.refusal());
        assertThat(other.eliminated()).isEqualTo(one.eliminated());
    }

    /** Two cards may be one target, and are two candidates. */
    @Property(tries = 1_000)
    void eachCandidateIsAskedAboutOnceAtMost(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Fixed health = new Fixed(seed);
        scenario.decide(health, true);

        List<String> entries = new ArrayList<>();
        scenario.table()
                .entries()
                .forEach(entry -> entries.add(entry.candidate().toString()));
        for (String asked : health.asked()) {
            assertThat(entries.remove(asked)).as(asked).isTrue();
        }
    }

    /** Health never makes a wrong request right, nor a right one wrong. */
    @Property(tries = 2_000)
    void aRefusalForGoodStaysTheSameWhoeverCanBeAsked(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Refusal forGood = scenario.decide().refusal();
        Refusal now = scenario.decide(new Fixed(seed), true).refusal();

        if (forGood == null) {
            assertThat(now == null || now instanceof Refusal.Unavailable).isTrue();
        } else {
            assertThat(now).hasSameClassAs(forGood);
        }
    }

    @Property(tries = 2_000)
    void aRefusalForNowTellsTheSoonestTimeAndTheOpenCircuits(
            @ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        Fixed health = new Fixed(seed);
        if (!(scenario.decide(health, true).refusal() instanceof Refusal.Unavailable refusal)) {
            return;
        }
        Set<Candidate> able = new HashSet<>();
        RoutingDecision whenReady = scenario.decide();
        if (!scenario.isBoundToItsModel()) {
            whenReady.ranking().forEach(ranked -> able.add(ranked.candidate()));
        }
        whenReady.chain().forEach(step -> able.add(step.candidate()));
        List<TargetState.Unavailable> states = able.stream()
                .map(candidate -> (TargetState.Unavailable) health.of(candidate))
                .toList();

        boolean anyOpen = states.stream().anyMatch(state -> state.cause() == Cause.CIRCUIT_OPEN);
        assertThat(refusal.cause() == Cause.CIRCUIT_OPEN || !anyOpen).isTrue();
        assertThat(states).allMatch(state -> state.retryAfter().compareTo(refusal.retryAfter()) >= 0);
    }

    @Property(tries = 2_000)
    void withoutFailoverNobodyStandsInForANamedModel(@ForAll("scenarios") Scenario scenario, @ForAll long seed) {
        RoutingDecision decision = scenario.decide(new Fixed(seed), false);

        assertThat(decision.chain()).noneMatch(step -> step.why() == Why.STAND_IN);
        assertThat(decision.chain().isEmpty()
                        || scenario.named() == null
                        || scenario.table().byWireId(scenario.named()).isEmpty()
                        || decision.chain().getFirst().candidate().model().equals(scenario.named()))
                .isTrue();
    }

    private static void assertReadyFirst(Fixed health, List<Candidate> candidates) {
        assertThat(candidates.stream().map(candidate -> isStrained(health, candidate)))
                .isSorted();
    }

    private static boolean isNamed(ChainStep step) {
        return step.why() == Why.PINNED || step.why() == Why.PINNED_UNCHECKED;
    }

    private static boolean isStrained(Fixed health, Candidate candidate) {
        return health.of(candidate) instanceof TargetState.Strained;
    }
}
