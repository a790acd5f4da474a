package dev.llmgateway.routing;

import static dev.llmgateway.routing.Given.candidate;
import static dev.llmgateway.routing.Given.chain;
import static dev.llmgateway.routing.Given.eliminated;
import static dev.llmgateway.routing.Given.needs;
import static dev.llmgateway.routing.Given.quality;
import static dev.llmgateway.routing.Given.ranking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.TargetHealth;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final TargetState STRAINED = new TargetState.Strained("has used 93 % of its quota");
    private static final TargetState OPEN = down(Cause.CIRCUIT_OPEN, 12);

    private final Given given = new Given().model("a/9", of(0.9)).model("b/5", of(0.5));

    @Test
    void whoCannotBeAskedIsOutAndTheLayerSaysWhy() {
        RoutingDecision decision = given.state("a/9", OPEN).auto();

        assertThat(chain(decision)).containsExactly("b/5 ranked");
        assertThat(eliminated(decision)).containsExactly("availability: a/9 failed 5 times in 60 s");
    }

    @Test
    void whoIsStrainedStandsBehindEverybodyElse() {
        RoutingDecision decision = given.state("a/9", STRAINED).auto();

        assertThat(ranking(decision)).containsExactly("b/5", "a/9");
        assertThat(chain(decision)).containsExactly("b/5 ranked", "a/9 ranked");
        assertThat(decision.ranking().getLast().strained()).isEqualTo("has used 93 % of its quota");
    }

    @Test
    void aNamedModelThatIsStrainedStillLeads() {
        given.state("a/9", STRAINED);

        assertThat(chain(given.named("9"))).containsExactly("a/9 pinned", "b/5 ranked");
    }

    @Test
    void ofTheProvidersOfANamedModelTheStrainedOneComesLast() {
        given.provider(Upstream.named("c", "a")).state("a/9", STRAINED);

        assertThat(given.named("9").chain())
                .extracting(step -> step.candidate().toString())
                .containsExactly("c/9", "a/9", "b/5");
    }

    @Test
    void anotherStandsInForANamedModelThatCannotBeAsked() {
        RoutingDecision decision = given.state("a/9", OPEN).named("9");

        assertThat(chain(decision)).containsExactly("b/5 stand_in");
        assertThat(eliminated(decision)).containsExactly("availability: a/9 failed 5 times in 60 s");
    }

    @Test
    void anotherStandsInForAModelWithoutACardTooAndTheLayerSaysWhy() {
        RoutingDecision decision = given.state("a/new", OPEN).cardless("a", "new");

        assertThat(chain(decision)).containsExactly("a/9 stand_in", "b/5 stand_in");
        assertThat(eliminated(decision)).containsExactly("availability: a/new failed 5 times in 60 s");
        assertThat(decision.layers().getFirst().in()).isEqualTo(3);
    }

    @Test
    void nobodyStandsInWhenFailoverIsDisabled() {
        RoutingDecision decision = given.noFailover().state("a/9", OPEN).named("9");

        assertThat(decision.refusal())
                .isEqualTo(new Refusal.Unavailable(
                        "the named model cannot be asked at the moment, and failover is disabled: a/9 failed 5 times in"
                                + " 60 s; try again in 12 s",
                        Cause.CIRCUIT_OPEN,
                        Duration.ofSeconds(12)));
    }

    @Test
    void aNamedModelThatMayNotServeIsRefusedWhetherOrNotItCanBeAsked() {
        given.model("a/blind", card -> card.capabilities(Capabilities.exactly(Set.of())))
                .needs(needs(10, Capability.VISION))
                .state("a/blind", OPEN);

        assertThat(given.named("blind").refusal()).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void whenNobodyIsLeftTheRefusalTellsWhomAndWhyAndUntilWhen() {
        given.model("c/blind", card -> card.capabilities(Capabilities.exactly(Set.of())))
                .needs(needs(10, Capability.VISION))
                .state("a/9", down(Cause.QUOTA_EXHAUSTED, 40))
                .state("b/5", OPEN);

        assertThat(given.auto().refusal())
                .isEqualTo(new Refusal.Unavailable(
                        "no model that could serve the request can be asked at the moment: a/9 failed 5 times in 60 s;"
                                + " b/5 failed 5 times in 60 s; try again in 12 s",
                        Cause.CIRCUIT_OPEN,
                        Duration.ofSeconds(12)));
    }

    /** Vectors of another model would be of no use, so when that one can be asked again does not matter. */
    @Test
    void ofAModelOfVectorsTheRefusalTellsNobodyWhoMayNotStandIn() {
        given.model("a/vectors", HealthTest::embeds)
                .model("b/others", HealthTest::embeds)
                .needs(needs(10, Capability.EMBEDDINGS))
                .state("a/vectors", down(Cause.QUOTA_EXHAUSTED, 40))
                .state("b/others", OPEN);

        assertThat(given.named("vectors").refusal())
                .isEqualTo(new Refusal.Unavailable(
                        "no model that could serve the request can be asked at the moment: a/vectors failed 5 times in"
                                + " 60 s; try again in 40 s",
                        Cause.QUOTA_EXHAUSTED,
                        Duration.ofSeconds(40)));
    }

    @Test
    void whenNobodyCouldServeItAnywayThatIsTheReason() {
        given.needs(needs(10_000_000, Capability.EMBEDDINGS)).state("a/9", OPEN).state("b/5", OPEN);

        assertThat(given.auto().refusal()).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void aConversationStaysWithAStrainedModelAndLeavesOneThatCannotBeAsked() {
        given.state("b/5", STRAINED);
        assertThat(chain(given.auto(candidate("b/5")))).containsExactly("b/5 sticky", "a/9 ranked");

        given.state("b/5", OPEN);
        assertThat(chain(given.auto(candidate("b/5")))).containsExactly("a/9 ranked");
    }

    @Test
    void ofSeveralOpinionsTheWorstCounts() {
        assertThat(worst(TargetState.READY, STRAINED)).isEqualTo(STRAINED);
        assertThat(worst(OPEN, STRAINED)).isEqualTo(OPEN);
        assertThat(worst(STRAINED, OPEN)).isEqualTo(OPEN);
        TargetState longer = down(Cause.QUOTA_EXHAUSTED, 60);
        assertThat(worst(OPEN, longer)).isEqualTo(longer);
        assertThat(worst(longer, OPEN)).isEqualTo(longer);
        assertThat(TargetHealth.all(List.of())).isSameAs(TargetHealth.ALL_READY);
    }

    private static TargetState worst(TargetState one, TargetState other) {
        TargetHealth both = TargetHealth.all(List.of((caller, provider, model) -> one, (c, p, m) -> other));
        return both.state(Caller.DEFAULT, new NamedProvider("a"), "m");
    }

    private static TargetState down(Cause cause, int seconds) {
        return new TargetState.Unavailable(cause, Duration.ofSeconds(seconds), "failed 5 times in 60 s");
    }

    private static ModelCard.Builder embeds(ModelCard.Builder card) {
        return card.capabilities(Capabilities.exactly(Set.of(Capability.EMBEDDINGS)));
    }

    private static UnaryOperator<ModelCard.Builder> of(double quality) {
        return card -> card.scores(quality(quality));
    }
}
