package dev.llmgateway.routing;

import static dev.llmgateway.routing.Given.candidate;
import static dev.llmgateway.routing.Given.chain;
import static dev.llmgateway.routing.Given.quality;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FailoverChainTest {

    private final Given given = new Given();

    @Test
    void theBestThreeAreTriedInOrder() {
        given.model("a/4", of(0.4)).model("b/6", of(0.6)).model("c/9", of(0.9)).model("a/7", of(0.7));

        assertThat(chain(given.auto())).containsExactly("c/9 ranked", "a/7 ranked", "b/6 ranked");
    }

    @Test
    void theLastPlaceGoesToASecondProviderWhenThereIsOne() {
        given.model("a/9", of(0.9)).model("a/8", of(0.8)).model("a/7", of(0.7)).model("a/6", of(0.6));
        assertThat(chain(given.auto())).containsExactly("a/9 ranked", "a/8 ranked", "a/7 ranked");

        given.model("b/1", of(0.1)).model("c/3", of(0.3));
        assertThat(chain(given.auto())).containsExactly("a/9 ranked", "a/8 ranked", "c/3 second_provider");
    }

    @Test
    void twoCardsOfOneModelAreOneTarget() {
        given.model("a/x", of(0.9))
                .model("a/y", card -> of(0.8).apply(card).wireId("x"))
                .model("b/z", of(0.1));

        assertThat(chain(given.auto())).containsExactly("a/x ranked", "b/z ranked");
    }

    @Test
    void oneModelAtTwoProvidersIsTwoTargets() {
        given.model("a/x", of(0.9)).provider(Upstream.named("a-too", "a"));

        assertThat(given.auto().chain())
                .extracting(step -> step.candidate().toString())
                .containsExactly("a/x", "a-too/x");
    }

    @Test
    void aConversationStaysWithItsModelWhileThatMayServe() {
        given.model("a/9", of(0.9)).model("b/8", of(0.8)).model("c/1", of(0.1)).model("d/0", card -> card.price(null));

        assertThat(chain(given.auto(candidate("c/1")))).containsExactly("c/1 sticky", "a/9 ranked", "b/8 ranked");
        assertThat(chain(given.auto(candidate("x/gone")))).containsExactly("a/9 ranked", "b/8 ranked", "d/0 ranked");
    }

    @Test
    void aStickyModelAlsoHasASecondProviderBehindIt() {
        given.model("a/9", of(0.9)).model("a/8", of(0.8)).model("a/1", of(0.1)).model("b/0", of(0));

        assertThat(chain(given.auto(candidate("a/1"))))
                .containsExactly("a/1 sticky", "a/9 ranked", "b/0 second_provider");
    }

    @Test
    void whenNobodyIsQuickEnoughTheQuickestAreTried() {
        given.model("a/slow", ttft(9_000))
                .model("a/slower", ttft(9_500))
                .model("a/quick", ttft(600))
                .model("a/middle", ttft(900))
                .model("b/slowest", ttft(20_000))
                .profile(RoutingProfile.REALTIME);
        RoutingDecision decision = given.auto(candidate("b/slowest"));

        assertThat(decision.ranking()).isEmpty();
        assertThat(decision.refusal()).isNull();
        assertThat(chain(decision))
                .containsExactly("a/quick quickest", "a/middle quickest", "b/slowest second_provider");
    }

    @Test
    void oneThatIsQuickEnoughIsNotFollowedByThoseThatAreNot() {
        given.model("a/quick", ttft(400)).model("b/slow", ttft(900)).profile(RoutingProfile.REALTIME);

        assertThat(chain(given.auto())).containsExactly("a/quick ranked");
    }

    @Test
    void aNamedModelLeadsAndTheRankingFollows() {
        given.model("a/1", of(0.1)).model("b/9", of(0.9)).model("c/8", of(0.8)).model("d/7", of(0.7));

        assertThat(chain(given.named("1"))).containsExactly("a/1 pinned", "b/9 ranked", "c/8 ranked");
    }

    @Test
    void aNamedModelsSecondProviderComesBeforeOtherModels() {
        given.model("a/x", of(0.1)).model("b/9", of(0.9)).model("c/x", card -> of(0.2).apply(card));

        assertThat(chain(given.named("x"))).containsExactly("c/x pinned", "a/x pinned", "b/9 ranked");
    }

    @Test
    void threeNamedModelsAtOneProviderMakeRoomForASecondProvider() {
        given.model("a/1", of(0.1)).model("a/2", of(0.2)).model("a/3", of(0.3)).model("b/5", of(0.5));
        assertThat(chain(given.namedCards("a/1", "a/2", "a/3")))
                .containsExactly("a/3 pinned", "a/2 pinned", "b/5 second_provider");

        given.model("c/0", of(0));
        assertThat(chain(given.namedCards("a/1", "a/2", "a/3", "c/0")))
                .containsExactly("a/3 pinned", "a/2 pinned", "c/0 second_provider");
    }

    @Test
    void aSlowModelThatIsNamedIsUsed() {
        given.model("a/slow", ttft(60_000)).model("b/quick", ttft(100)).profile(RoutingProfile.REALTIME);

        assertThat(chain(given.named("slow"))).containsExactly("a/slow pinned", "b/quick ranked");
    }

    @Test
    void aConversationChoosesAmongTheProvidersOfTheNamedModelAndNoFurther() {
        given.model("a/x", of(0.9)).model("b/x", of(0.1)).model("c/y", of(0.5));

        assertThat(chain(given.named("x", candidate("b/x")))).containsExactly("b/x sticky", "a/x pinned", "c/y ranked");
        assertThat(chain(given.named("x", candidate("c/y")))).containsExactly("a/x pinned", "b/x pinned", "c/y ranked");
    }

    private static UnaryOperator<ModelCard.Builder> of(double quality) {
        return card -> card.scores(quality(quality));
    }

    private static UnaryOperator<ModelCard.Builder> ttft(long millis) {
        return card -> card.ttft(new ModelCard.Ttft(millis, "test"));
    }
}
