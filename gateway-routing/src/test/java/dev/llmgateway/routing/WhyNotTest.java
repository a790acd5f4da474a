package dev.llmgateway.routing;

import static dev.llmgateway.routing.Given.chain;
import static dev.llmgateway.routing.Given.needs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhyNotTest {

    private final Given given = new Given();

    @Test
    void withoutModelsThereIsNothingToChooseFrom() {
        assertThat(refusal(given.auto())).isInstanceOf(Refusal.UnknownModel.class);
        assertThat(sentence(given.auto())).contains("add a provider or a card");
    }

    @Test
    void nothingIsInService() {
        given.model("a/gone", card -> card.lifecycle(new Lifecycle(Lifecycle.Status.RETIRED, null, null)));

        assertThat(refusal(given.auto())).isInstanceOf(Refusal.UnknownModel.class);
        assertThat(sentence(given.auto())).contains("a/gone is retired");
    }

    @Test
    void nobodyMaySeeTheData() {
        RoutingDecision decision = given.model("a/x").needs(secret()).auto();

        assertThat(refusal(decision)).isInstanceOf(Refusal.NotAuthorised.class);
        assertThat(sentence(decision))
                .startsWith("no model is authorised for cui data")
                .contains("max_classification");
    }

    @Test
    void nobodyCanDoIt() {
        RoutingDecision decision = given.model("a/blind", able())
                .model("b/small", limits(10L, null))
                .needs(needs(5, Capability.EMBEDDINGS, Capability.VISION))
                .auto();

        assertThat(refusal(decision)).isEqualTo(new Refusal.Incapable(sentence(decision), Capability.VISION));
        assertThat(sentence(decision)).contains("a/blind needs vision; card says no");
    }

    @Test
    void aPromptThatFitsNowhereIsToldTheLargestWindowThatWouldDo() {
        RoutingDecision decision = given.model(
                        "a/large-but-blind", card -> limits(9_000L, null).apply(able().apply(card)))
                .model("b/small", limits(500L, null))
                .model("c/larger", limits(800L, null))
                .needs(needs(1_000, Capability.VISION))
                .auto();

        assertThat(refusal(decision)).isEqualTo(new Refusal.TooLong(sentence(decision), 800));
        assertThat(sentence(decision)).contains("about 1000 tokens", "holds 800 tokens", "Shorten the prompt");
    }

    @Test
    void anAnswerThatNobodyCanWrite() {
        RoutingDecision decision = given.model("a/x", limits(null, 4_096))
                .model("b/x", limits(null, 8_192))
                .needs(new Requirements(DataClassification.PUBLIC, Set.of(), 10, 9_000, null))
                .auto();

        assertThat(refusal(decision)).isInstanceOf(Refusal.Incapable.class);
        assertThat(sentence(decision)).contains("9000 output tokens", "8192");
    }

    @Test
    void everyModelIsTooDear() {
        RoutingDecision decision = given.model("a/x", card -> card.price(new ModelPrice(50, 50)))
                .model("b/x", card -> card.price(new ModelPrice(20, 20)))
                .needs(new Requirements(DataClassification.PUBLIC, Set.of(), 1_000, 0, 0.001))
                .auto();

        assertThat(refusal(decision)).isInstanceOf(Refusal.TooDear.class);
        assertThat(sentence(decision))
                .isEqualTo("the cheapest model that could serve the request would cost about $0.0200; the ceiling is"
                        + " $0.001000. Raise the ceiling, or ask for less.");
        given.model("c/x", card -> card.price(null));
        assertThat(sentence(given.auto())).contains("$0.0200;");
    }

    @Test
    void aTinyCeilingIsNotShownAsZero() {
        RoutingDecision decision = given.model("a/x", card -> card.price(new ModelPrice(20, 20)))
                .needs(new Requirements(DataClassification.PUBLIC, Set.of(), 1_000, 0, 0.000_000_1))
                .auto();

        assertThat(sentence(decision)).contains("the ceiling is $1.0e-07.");
    }

    @Test
    void aCeilingAndNoKnownPrice() {
        RoutingDecision decision = given.model("a/x", card -> card.price(null))
                .needs(new Requirements(DataClassification.PUBLIC, Set.of(), 1_000, 0, 0.001))
                .auto();

        assertThat(sentence(decision)).startsWith("no model that could serve the request has a known price");
    }

    @Test
    void aNamedModelIsNeverSwappedInSilence() {
        given.model("a/blind", able()).model("b/sees").needs(needs(10, Capability.VISION));
        RoutingDecision decision = given.named("blind");

        assertThat(decision.chain()).isEmpty();
        assertThat(refusal(decision)).isEqualTo(new Refusal.Incapable(sentence(decision), Capability.VISION));
        assertThat(sentence(decision))
                .startsWith(
                        "the model \"blind\" at a cannot be used, by the layer capability: needs vision; card says no")
                .endsWith("Models that can serve it: b/sees.");
    }

    @Test
    void aNamedModelMayNotSeeTheData() {
        given.model("a/x").model("local/x-own").needs(secret());

        assertThat(refusal(given.named("x"))).isInstanceOf(Refusal.NotAuthorised.class);
        assertThat(sentence(given.named("x")))
                .contains("by the layer classification: data is", "authorised for public, internal", "local/x-own");
    }

    @Test
    void aNamedModelIsTooSmall() {
        given.model("a/x", limits(500L, null))
                .model("b/x", limits(700L, null))
                .model("c/large", limits(9_000L, null))
                .needs(needs(1_000));

        assertThat(refusal(given.named("x"))).isEqualTo(new Refusal.TooLong(sentence(given.named("x")), 700));
        assertThat(sentence(given.named("x"))).endsWith("Models that can serve it: c/large.");
    }

    @Test
    void aNamedModelIsTooDear() {
        given.model("a/x").needs(new Requirements(DataClassification.PUBLIC, Set.of(), 1_000, 0, 0.0001));

        assertThat(refusal(given.named("x"))).isInstanceOf(Refusal.TooDear.class);
    }

    @Test
    void aNamedModelThatIsGoneOrEmbeds() {
        given.model("a/gone", card -> card.lifecycle(new Lifecycle(Lifecycle.Status.RETIRED, Given.TODAY, "a/new")))
                .model("a/embed", able(Capability.EMBEDDINGS));

        assertThat(refusal(given.named("gone")))
                .isEqualTo(new Refusal.RetiredModel(sentence(given.named("gone")), Given.TODAY));
        assertThat(refusal(given.named("embed"))).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void aNamedModelThatOneProviderMayUseIsUsedThere() {
        given.model("a/x", able()).model("b/x").needs(needs(10, Capability.VISION));

        assertThat(chain(given.named("x"))).containsExactly("b/x pinned");
    }

    @Test
    void ofANamedModelWithoutACardNothingIsCheckedAndTheTraceSaysSo() {
        given.provider(Upstream.named("mine", "a")).needs(needs(10, Capability.VISION));

        assertThat(chain(given.cardless("mine", "new"))).containsExactly("mine/new pinned_unchecked");
        assertThat(chain(given.needs(needs(10)).cardless("mine", "new"))).containsExactly("mine/new pinned");
    }

    @Test
    void ofANamedModelWhoseCardSaysNothingNothingIsCheckedEither() {
        given.model("a/found", card -> card.capabilities(Capabilities.UNKNOWN)).needs(needs(10, Capability.VISION));

        assertThat(chain(given.named("found"))).containsExactly("a/found pinned_unchecked");
        assertThat(refusal(given.auto())).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void aNamedModelWhoseCardDoesNotSayIsLeftToItsProvider() {
        given.model("a/half", card -> card.capabilities(new Capabilities(Set.of(Capability.TOOL_USE), Set.of())))
                .needs(needs(10, Capability.TOOL_USE, Capability.JSON_MODE));

        assertThat(chain(given.named("half"))).containsExactly("a/half pinned_unchecked");
        assertThat(refusal(given.auto())).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void classificationAndCeilingHoldForAModelWithoutACard() {
        given.provider(Upstream.named("mine", "a")).needs(secret());
        assertThat(refusal(given.cardless("mine", "new"))).isInstanceOf(Refusal.NotAuthorised.class);

        given.needs(new Requirements(DataClassification.PUBLIC, Set.of(), 10, 0, 5.0));
        assertThat(refusal(given.cardless("mine", "new"))).isInstanceOf(Refusal.TooDear.class);
    }

    @Test
    void aNamedModelThatIsSaidNotToChatIsTried() {
        given.model("a/x", card -> card.chats(false));

        assertThat(chain(given.named("x"))).containsExactly("a/x pinned");
    }

    @Test
    void howMuchANamedModelWritesItsProviderWillSay() {
        given.model("a/x", limits(null, 4_096))
                .needs(new Requirements(DataClassification.PUBLIC, Set.of(), 10, 9_000, null));

        assertThat(chain(given.named("x"))).containsExactly("a/x pinned");
    }

    private static Requirements secret() {
        return new Requirements(DataClassification.CUI, Set.of(), 10, null, null);
    }

    private static UnaryOperator<ModelCard.Builder> able(Capability... capabilities) {
        return card -> card.capabilities(Capabilities.exactly(Set.of(capabilities)));
    }

    private static UnaryOperator<ModelCard.Builder> limits(@Nullable Long window, @Nullable Integer output) {
        return card -> card.limits(new ModelCard.Limits(window, null, output));
    }

    private static @Nullable Refusal refusal(RoutingDecision decision) {
        return decision.refusal();
    }

    private static String sentence(RoutingDecision decision) {
        Refusal refusal = decision.refusal();
        return refusal == null ? "no refusal" : refusal.sentence();
    }
}
