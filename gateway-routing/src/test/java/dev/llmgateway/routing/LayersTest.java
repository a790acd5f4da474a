package dev.llmgateway.routing;

import static dev.llmgateway.api.routing.ScoreKind.CODING;
import static dev.llmgateway.routing.Given.eliminated;
import static dev.llmgateway.routing.Given.needs;
import static dev.llmgateway.routing.Given.quality;
import static dev.llmgateway.routing.Given.ranking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Layer;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayersTest {

    private final Given given = new Given().model("a/good");

    @Test
    void theTraceHasEveryLayerWithWhoCameInAndWhoWentOut() {
        RoutingDecision decision = given.model("b/blind", card -> card.capabilities(Capabilities.UNKNOWN))
                .model("c/dear", card -> card.price(new ModelPrice(1_000, 1_000)))
                .needs(new Requirements(DataClassification.INTERNAL, Set.of(Capability.VISION), 1_000, null, 0.1))
                .auto();

        assertThat(decision.layers()).extracting(LayerTrace::layer).containsExactly(Layer.values());
        assertThat(decision.layers()).extracting(LayerTrace::in).containsExactly(3, 3, 3, 2, 2, 1);
        assertThat(decision.layers()).extracting(LayerTrace::out).containsExactly(3, 3, 2, 2, 1, 1);
        assertThat(decision.catalogVersion()).isEqualTo(1);
    }

    @Test
    void whatIsRetiredTodayIsNotAvailableAndTomorrowsIs() {
        RoutingDecision decision = given.model("b/gone", retiring(Lifecycle.Status.RETIRED, -1_000))
                .model("b/today", retiring(Lifecycle.Status.DEPRECATED, 0))
                .model("b/tomorrow", retiring(Lifecycle.Status.DEPRECATED, 1))
                .model("b/preview", card -> card.lifecycle(new Lifecycle(Lifecycle.Status.PREVIEW, null, null)))
                .model("b/early", retiring(Lifecycle.Status.RETIRED, 30))
                .auto();

        assertThat(eliminated(decision))
                .containsExactly(
                        "availability: b/gone is retired since 2024-02-24; its replacement is a/good",
                        "availability: b/today is retired since 2026-11-20; its replacement is a/good",
                        "availability: b/early is retired; its replacement is a/good");
        assertThat(ranking(decision)).contains("b/tomorrow", "b/preview");
    }

    @Test
    void whatEmbedsDoesNotChatUnlessEmbeddingIsAskedFor() {
        given.model("b/embed", card -> card.capabilities(Capabilities.exactly(Set.of(Capability.EMBEDDINGS))));

        given.model("c/other", card -> card.chats(false));

        assertThat(eliminated(given.auto()))
                .containsExactly(
                        "availability: b/embed makes embeddings and does not chat",
                        "availability: c/other is served by another API than chat only");
        assertThat(ranking(given.needs(needs(10, Capability.EMBEDDINGS)).auto()))
                .containsExactly("b/embed");
    }

    @Test
    void dataGoesOnlyWhereItMay() {
        RoutingDecision decision = given.model("local/own")
                .model("b/cleared", card -> card.classifications(Set.of(DataClassification.ITAR)))
                .needs(new Requirements(DataClassification.ITAR, Set.of(), 10, null, null))
                .auto();

        assertThat(eliminated(decision))
                .containsExactly("classification: a/good data is itar; authorised for public, internal");
        assertThat(ranking(decision)).containsExactlyInAnyOrder("local/own", "b/cleared");
    }

    @Test
    void whatNobodySaysItCanDoItCannot() {
        RoutingDecision decision = given.model("b/no", card -> card.capabilities(Capabilities.exactly(Set.of())))
                .model("c/unknown", card -> card.capabilities(Capabilities.UNKNOWN))
                .needs(needs(10, Capability.TOOL_USE))
                .auto();

        assertThat(eliminated(decision))
                .containsExactly(
                        "capability: b/no needs tool_use; card says no",
                        "capability: c/unknown needs tool_use; card does not say");
    }

    @Test
    void thePromptAndTheAnswerAskedForMustFit() {
        RoutingDecision decision = given.model("b/window", limits(1_499L, null, null))
                .model("b/input", limits(10_000L, 999L, null))
                .model("b/output", limits(10_000L, null, 499))
                .model("b/fits", limits(1_500L, 1_000L, 500))
                .needs(new Requirements(DataClassification.INTERNAL, Set.of(), 1_000, 500, null))
                .auto();

        assertThat(eliminated(decision))
                .containsExactly(
                        "capability: b/window needs about 1500 tokens; its context window holds 1499",
                        "capability: b/input needs about 1000 tokens; its context window holds 999",
                        "capability: b/output 500 output tokens are asked for; it writes at most 499");
        assertThat(ranking(decision)).containsExactlyInAnyOrder("a/good", "b/fits");
    }

    @Test
    void qualityRanksAndUnknownQualityCountsAsNone() {
        RoutingDecision decision = given.model("b/better", card -> card.scores(quality(0.9)))
                .model("c/unknown", card -> card.scores(Scores.UNKNOWN))
                .auto();

        assertThat(ranking(decision)).containsExactly("b/better", "a/good", "c/unknown");
        assertThat(decision.ranking().getFirst().score()).isCloseTo(0.9 * 0.9 + 0.1, within(1e-9));
        assertThat(decision.ranking().getLast().quality()).isNaN();
        assertThat(decision.ranking().getLast().score()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void reportsMoveTheQualityOfTheirModel() {
        given.model("b/better", card -> card.scores(quality(0.6)));
        assertThat(ranking(given.auto())).containsExactly("b/better", "a/good");

        assertThat(ranking(given.reported("b/better", "coding", 3, 0).auto())).containsExactly("b/better", "a/good");
        assertThat(ranking(given.reported("b/better", "anything", 10, 0).auto()))
                .containsExactly("a/good", "b/better");
    }

    @Test
    void reportsOnWhatNobodyScoredBeginFromWhatIsKnown() {
        given.model("b/coder", card -> card.scores(new Scores(Map.of(CODING, new Scores.Score(0.8, "test", null)))))
                .model("c/unknown", card -> card.scores(Scores.UNKNOWN))
                .reported("b/coder", "reasoning", 20, 1)
                .reported("c/unknown", "whatever", 20, 1);

        assertThat(given.auto().ranking())
                .extracting(ranked -> ranked.candidate().card(), Ranked::quality)
                .containsExactly(tuple("b/coder", 0.85), tuple("a/good", 0.5), tuple("c/unknown", 0.5));
    }

    @Test
    void costIsThatOfThisRequestOnALogarithmicScale() {
        RoutingDecision decision = given.model("b/ten", card -> card.price(new ModelPrice(10, 10)))
                .model("c/hundred", card -> card.price(new ModelPrice(100, 100)))
                .model("d/unknown", card -> card.price(null))
                .needs(needs(1_000))
                .auto();

        assertThat(decision.ranking())
                .extracting(ranked -> ranked.candidate().card(), ranked -> round(ranked.costScore()))
                .containsExactlyInAnyOrder(
                        tuple("a/good", 1.0), tuple("b/ten", 0.5), tuple("c/hundred", 0.0), tuple("d/unknown", 0.0));
        assertThat(decision.ranking().getFirst().estimatedCost()).isCloseTo(2_024e-6, within(1e-12));
        assertThat(decision.ranking().getLast().estimatedCost()).isNaN();
    }

    @Test
    void theAnswerCostsAsMuchAsWasAskedForAndTheModelCanWrite() {
        given.model("b/short", limits(null, null, 100));

        assertThat(given.auto().ranking())
                .extracting(ranked -> round(Double.isNaN(ranked.estimatedCost()) ? 0 : ranked.estimatedCost() * 1e6))
                .containsExactlyInAnyOrder(2_024.0, 1_100.0);
    }

    @Test
    void aCeilingKeepsOutWhatIsDearerAndWhatHasNoPrice() {
        RoutingDecision decision = given.model("b/dear", card -> card.price(new ModelPrice(10, 10)))
                .model("c/unknown", card -> card.price(null))
                .model("local/own", card -> card.price(null))
                .needs(new Requirements(DataClassification.INTERNAL, Set.of(), 1_000, null, 0.01))
                .auto();

        assertThat(eliminated(decision))
                .containsExactly(
                        "cost: b/dear would cost about $0.0202; the ceiling is $0.0100",
                        "cost: c/unknown has no known price; the ceiling is $0.0100");
        assertThat(ranking(decision)).containsExactly("local/own", "a/good");
    }

    @Test
    void whatTakesTooLongIsOutAndWhatNobodyMeasuredIsNot() {
        RoutingDecision decision = given.model("b/slow", ttft(2_001))
                .model("c/quick", ttft(2_000))
                .profile(RoutingProfile.INTERACTIVE_CHAT)
                .auto();

        assertThat(eliminated(decision))
                .containsExactly("latency: b/slow takes 2001 ms to its first token (card); the limit is 2000 ms");
        assertThat(ranking(decision)).containsExactly("c/quick", "a/good");
        assertThat(given.profile(RoutingProfile.BATCH).auto().eliminated()).isEmpty();
    }

    @Test
    void whatIsMeasuredHereCountsMoreThanTheCard() {
        RoutingDecision decision = given.model("b/says-slow", ttft(9_000))
                .model("c/says-quick", ttft(10))
                .live(measured("b", "says-slow", 100, "c", "says-quick", 3_000))
                .profile(RoutingProfile.REALTIME)
                .auto();

        assertThat(eliminated(decision))
                .containsExactly(
                        "latency: c/says-quick takes 3000 ms to its first token (measured here); the limit is 500 ms");
        assertThat(decision.ranking().getFirst().ttftMillis()).isEqualTo(100);
        assertThat(decision.ranking().getFirst().ttftLive()).isTrue();
    }

    @Test
    void equalScoresAreOrderedByKnownTtftThenCostThenCardThenProvider() {
        RoutingProfile qualityAlone = new RoutingProfile(
                "own",
                "tests",
                1,
                0,
                RoutingProfile.BATCH.latency(),
                RoutingProfile.BATCH.scoreWeights(),
                Set.of(),
                false);
        RoutingDecision decision = given.model("c/x")
                .model("b/x")
                .model("d/cheap", card -> card.price(new ModelPrice(0.1, 0.1)))
                .model("e/unpriced", card -> card.price(null))
                .model("f/known", ttft(5_000))
                .provider(Upstream.named("b-too", "b"))
                .provider(Upstream.named("b-also", "b"))
                .profile(qualityAlone)
                .auto();

        assertThat(decision.ranking())
                .extracting(ranked ->
                        ranked.candidate().card() + " at " + ranked.candidate().provider())
                .containsExactly(
                        "f/known at f",
                        "d/cheap at d",
                        "a/good at a",
                        "b/x at b",
                        "b/x at b-also",
                        "b/x at b-too",
                        "c/x at c",
                        "e/unpriced at e");
    }

    @Test
    void theReasoningProfilePutsModelsThatThinkFirst() {
        given.model(
                "b/best",
                card -> card.scores(quality(1)).capabilities(Capabilities.exactly(Set.of(Capability.TOOL_USE))));

        assertThat(ranking(given.profile(RoutingProfile.REASONING_FIRST).auto()))
                .containsExactly("a/good", "b/best");
        assertThat(ranking(given.profile(RoutingProfile.QUALITY_OPTIMIZED).auto()))
                .containsExactly("b/best", "a/good");
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private static UnaryOperator<ModelCard.Builder> retiring(Lifecycle.Status status, int inDays) {
        return card -> card.lifecycle(new Lifecycle(status, Given.TODAY.plusDays(inDays), "a/good"));
    }

    private static UnaryOperator<ModelCard.Builder> limits(
            @Nullable Long window, @Nullable Long input, @Nullable Integer output) {
        return card -> card.limits(new ModelCard.Limits(window, input, output));
    }

    private static UnaryOperator<ModelCard.Builder> ttft(long millis) {
        return card -> card.ttft(new ModelCard.Ttft(millis, "test"));
    }

    private static LiveTtft measured(
            String one, String model, long millis, String two, String other, long otherMillis) {
        LiveTtft live = new LiveTtft(() -> 0);
        for (int i = 0; i < LiveTtft.ENOUGH; i++) {
            live.attemptCommitted(attempt(one, model), Duration.ofMillis(millis));
            live.attemptCommitted(attempt(two, other), Duration.ofMillis(otherMillis));
        }
        return live;
    }

    private static Attempt attempt(String provider, String model) {
        ChatRequest request = ChatRequest.builder("auto").user("hi").build().withStream(true);
        return new Attempt(
                new Exchange("id", request, CallOptions.defaults(), 0, 1),
                Upstream.named(provider, provider).target(model),
                new Cancellation());
    }
}
