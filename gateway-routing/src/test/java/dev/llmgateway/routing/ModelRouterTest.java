package dev.llmgateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.spi.NamedProvider;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.AnthropicMessagesCodec;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.Capabilities;
import dev.llmgateway.routing.catalog.Lifecycle;
import dev.llmgateway.routing.catalog.LiveCatalog;
import dev.llmgateway.routing.catalog.ModelCard;
import dev.llmgateway.routing.catalog.ModelCatalog;
import dev.llmgateway.routing.catalog.ModelPrice;
import dev.llmgateway.routing.catalog.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelRouterTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final RoutingOptions CONVERSATION = RoutingOptions.defaults().withConversation("c-1");

    private final AtomicLong ticks = new AtomicLong();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-31T23:59:59Z"));
    private final LiveCatalog catalog = new LiveCatalog(ModelCatalog.of(List.of(
            card("openai/good", "openai", 0.9, Lifecycle.ACTIVE),
            card("openai/fair", "openai", 0.5, Lifecycle.ACTIVE),
            card("anthropic/best", "anthropic", 0.99, Lifecycle.ACTIVE),
            card("openai/ends", "openai", 0.1, new Lifecycle(Lifecycle.Status.DEPRECATED, DAY, "openai/fair")))));

    ModelRouterTest() {
        catalog.add(new Upstream(new NamedProvider("openai"), "openai"));
        catalog.add(new Upstream(new NamedProvider("anthropic"), "anthropic"));
    }

    @Test
    void aNamedModelLeadsAndOthersStandBehindIt() {
        assertThat(targets(router().build(), "openai/fair"))
                .startsWith("openai/fair")
                .contains("anthropic/best");
    }

    @Test
    void autoTakesTheBestAndThenAnotherProvider() {
        assertThat(targets(router().build(), "auto")).startsWith("anthropic/best", "openai/good");
    }

    @Test
    void aNamedModelWithoutThinkingServesAnAgentThatAsksForIt() {
        RoutingDecision decision = router().build().preview(thinking("openai/fair"));

        assertThat(decision.refusal()).isNull();
        assertThat(decision.chain().getFirst().candidate().card()).isEqualTo("openai/fair");
    }

    @Test
    void autoTakesAModelThatThinksForAnAgentThatAsksForItAsLongAsThereIsOne() {
        ModelRouter router = router().build();
        assertThat(router.preview(thinking("auto"))
                        .chain()
                        .getFirst()
                        .candidate()
                        .card())
                .isEqualTo("anthropic/best");

        catalog.put(card("openai/thinks", "openai", 0.2, Lifecycle.ACTIVE).toBuilder()
                .capabilities(Capabilities.exactly(Set.of(Capability.EXTENDED_THINKING)))
                .build());

        assertThat(router.preview(thinking("auto")).chain())
                .extracting(step -> step.candidate().card())
                .containsExactly("openai/thinks");
    }

    @Test
    void whatAProfileRequiresIsNeededStill() {
        RoutingProfile thinks = new RoutingProfile(
                "own",
                "tests",
                1,
                0,
                RoutingProfile.BATCH.latency(),
                Map.copyOf(RoutingProfile.BATCH.scoreWeights()),
                Set.of(Capability.EXTENDED_THINKING),
                false);
        Exchange exchange = thinking("openai/fair");
        Exchange byProfile = new Exchange(
                "id",
                exchange.request(),
                CallOptions.defaults().withRouting(RoutingOptions.defaults().withProfile(thinks)),
                0,
                1);

        assertThat(router().build().preview(byProfile).refusal()).isInstanceOf(Refusal.Incapable.class);
    }

    @Test
    void allNamesOfAModelStandForTheSame() {
        ModelRouter router = router().build();
        assertThat(router.named(exchange("openai/fair", RoutingOptions.defaults())))
                .containsExactly("openai/fair");
        assertThat(router.named(exchange("fair", RoutingOptions.defaults()))).containsExactly("openai/fair");
        assertThat(router.named(exchange("auto", RoutingOptions.defaults()))).isEmpty();
        assertThat(router.named(exchange("nobody", RoutingOptions.defaults()))).isNull();
    }

    @Test
    void targetsStandInTheOrderOfTheDecision() {
        Route route = router().build().route(exchange("auto", RoutingOptions.defaults()));
        assertThat(route.targets().stream().map(RouteTarget::toString))
                .isEqualTo(route.decision().chain().stream()
                        .map(step -> step.candidate().toString())
                        .toList());
    }

    @Test
    void aRefusalHasNoTargets() {
        Route route = router().build().route(exchange("nobody-knows", RoutingOptions.defaults()));
        assertThat(route.targets()).isEmpty();
        assertThat(route.decision().refusal()).isInstanceOf(Refusal.UnknownModel.class);
        assertThat(route.decision().catalogVersion())
                .isEqualTo(catalog.snapshot().version());
    }

    @Test
    void theDayChangesAtMidnightUtc() {
        ModelRouter router = router().build();
        assertThat(targets(router, "openai/ends")).startsWith("openai/ends");
        now.set(Instant.parse("2026-06-01T00:00:00Z"));
        RoutingDecision after = router.preview(exchange("openai/ends", RoutingOptions.defaults()));
        assertThat(after.chain().getFirst().candidate().card()).isEqualTo("openai/fair");
        assertThat(after.sunset()).isEqualTo(DAY);
    }

    @Test
    void whatTheOperatorEndsIsNotChosenByItselfAnyMore() {
        NameRules rules = new NameRules(Map.of(), List.of(new Deprecation("anthropic/best", DAY, null)));
        ModelRouter router = router().rules(rules).build();
        assertThat(targets(router, "auto")).startsWith("anthropic/best");
        now.set(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(targets(router, "auto")).startsWith("openai/good").doesNotContain("anthropic/best");
    }

    @Test
    void aConversationStaysWithItsModelForItsTime() {
        ModelRouter router = router().stickyTtl(Duration.ofMinutes(5)).build();
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
        catalog.put(card("openai/new", "openai", 1, Lifecycle.ACTIVE));
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best", "openai/new");
        assertThat(targets(router, "auto")).startsWith("openai/new");
        ticks.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("openai/new");
    }

    @Test
    void aModelThatALayerEliminatesYieldsAndItsSuccessorIsRemembered() {
        ModelRouter router = router().build();
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
        catalog.update(
                "anthropic/best",
                card -> card.toBuilder()
                        .capabilities(Capabilities.exactly(Set.of()))
                        .build());
        assertThat(targets(router, stream("auto"), CONVERSATION)).startsWith("openai/good");
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("openai/good");
    }

    @Test
    void aModelThatIsNamedInBetweenDoesNotChangeTheConversation() {
        ModelRouter router = router().build();
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
        assertThat(targets(router, "openai/fair", CONVERSATION)).startsWith("openai/fair");
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
    }

    @Test
    void aConversationThatBeganWithANamedModelGoesOnWithIt() {
        ModelRouter router = router().build();
        assertThat(targets(router, "openai/fair", CONVERSATION)).startsWith("openai/fair");
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("openai/fair");
    }

    @Test
    void aConversationComesBackToItsModelWhenThatCanBeAskedAgain() {
        AtomicReference<TargetState> best = new AtomicReference<>(TargetState.READY);
        ModelRouter router = router().health(
                        (caller, provider, model) -> model.equals("best") ? best.get() : TargetState.READY)
                .build();
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
        best.set(new TargetState.Unavailable(TargetState.Cause.CIRCUIT_OPEN, Duration.ofSeconds(5), "failed"));
        assertThat(targets(router, "auto", CONVERSATION))
                .startsWith("openai/good")
                .doesNotContain("anthropic/best");
        best.set(TargetState.READY);
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
    }

    @Test
    void whoStandsInForANamedModelIsNotRememberedAsTheConversationsChoice() {
        AtomicReference<TargetState> fair = new AtomicReference<>(
                new TargetState.Unavailable(TargetState.Cause.COOLING_DOWN, Duration.ofSeconds(5), "was told to wait"));
        ModelRouter router = router().health(
                        (caller, provider, model) -> model.equals("fair") ? fair.get() : TargetState.READY)
                .build();
        assertThat(targets(router, "openai/fair", CONVERSATION)).startsWith("anthropic/best");
        fair.set(TargetState.READY);
        assertThat(targets(router, "openai/fair", CONVERSATION)).startsWith("openai/fair");
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("openai/fair");
    }

    @Test
    void healthIsAskedForTheCallsOwnCaller() {
        ModelRouter router = router().health(
                        (caller, provider, model) -> caller.tenant().equals("acme")
                                ? new TargetState.Unavailable(
                                        TargetState.Cause.QUOTA_EXHAUSTED, Duration.ofSeconds(5), "has no quota left")
                                : TargetState.READY)
                .build();
        CallOptions acme = CallOptions.builder().caller(Caller.tenant("acme")).build();
        ChatRequest request = ChatRequest.builder("auto").user("hi").build();
        assertThat(router.preview(new Exchange("id", request, acme, 0, 1)).refusal())
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(targets(router, "auto")).isNotEmpty();
    }

    @Test
    void aPreviewSeesWhatIsRememberedAndRemembersNothing() {
        ModelRouter router = router().build();
        router.preview(exchange("openai/fair", CONVERSATION));
        assertThat(targets(router, "auto", CONVERSATION)).startsWith("anthropic/best");
        catalog.put(card("openai/new", "openai", 1, Lifecycle.ACTIVE));
        RoutingDecision preview = router.preview(exchange("auto", CONVERSATION));
        assertThat(preview.chain().getFirst().candidate().card()).isEqualTo("anthropic/best");
    }

    @Test
    void dataAboveTheHighestLevelIsRefusedBeforeAnythingElse() {
        ModelRouter router =
                router().maxClassification(DataClassification.PUBLIC).build();
        assertThat(router.preview(exchange("auto", RoutingOptions.defaults())).refusal())
                .isInstanceOfSatisfying(
                        Refusal.NotAuthorised.class,
                        it -> assertThat(it.sentence()).contains("\"internal\"").contains("\"public\" is the highest"));
        RoutingOptions open = RoutingOptions.defaults().withClassification(DataClassification.PUBLIC);
        assertThat(targets(router, "auto", open)).isNotEmpty();
    }

    @Test
    void theOperatorsCeilingHoldsForEverybodyAndTheCallersMayBeLower() {
        ModelRouter free = router().build();
        ModelRouter ceiling = router().maxCostPerRequest(0.0).build();
        assertThat(refusal(ceiling, RoutingOptions.defaults())).isInstanceOf(Refusal.TooDear.class);
        assertThat(refusal(free, RoutingOptions.defaults().withMaxCost(0))).isInstanceOf(Refusal.TooDear.class);
        assertThat(refusal(free, RoutingOptions.defaults().withMaxCost(1))).isNull();
        Requirements needs = new Requirements(DataClassification.INTERNAL, Set.of(), 10, null, 5.0);
        assertThat(ceiling.decide("auto", needs, RoutingOptions.defaults()).refusal())
                .isInstanceOf(Refusal.TooDear.class);
    }

    @Test
    void requirementsAloneCanBeDecided() {
        Requirements needs = new Requirements(DataClassification.INTERNAL, Set.of(Capability.VISION), 10, null, null);
        RoutingDecision decision =
                router().build().decide("auto", needs, RoutingOptions.defaults().withProfile(RoutingProfile.CODE));
        assertThat(decision.profile()).isEqualTo(RoutingProfile.CODE);
        assertThat(decision.requirements()).isEqualTo(needs);
        assertThat(decision.chain()).isNotEmpty();
    }

    @Test
    void providersComeAndGoWhileItRuns() {
        ModelRouter router = router().build();
        catalog.remove("anthropic");
        assertThat(targets(router, "auto")).containsExactly("openai/good", "openai/fair", "openai/ends");
        catalog.add(new Upstream(new NamedProvider("other"), "anthropic"));
        assertThat(targets(router, "auto")).startsWith("other/best");
    }

    @Test
    void aQuickModelByMeasurementIsPreferredForRealtime() {
        LiveTtft live = new LiveTtft(ticks::get);
        ModelRouter router = router().liveTtft(live).build();
        RoutingOptions realtime = RoutingOptions.defaults().withProfile(RoutingProfile.REALTIME);
        assertThat(targets(router, "auto", realtime)).startsWith("anthropic/best");
        Exchange exchange = new Exchange("id", stream("auto"), CallOptions.defaults(), 0, 1);
        RouteTarget slow = new RouteTarget(new NamedProvider("anthropic"), "best");
        for (int i = 0; i < LiveTtft.ENOUGH; i++) {
            live.attemptCommitted(new Attempt(exchange, slow, new Cancellation()), Duration.ofSeconds(3));
        }
        assertThat(targets(router, "auto", realtime)).startsWith("openai/good");
    }

    @Test
    void theListHoldsAliasesAutoAndWhatIsInService() {
        NameRules rules = new NameRules(Map.of("zeta", "openai/good", "alpha", "openai/good"), List.of());
        ModelRouter router = router().rules(rules).build();
        catalog.put(ModelCard.builder("openai/embed", "openai", "embed")
                .chats(false)
                .build());
        List<ModelInfo> models = router.models();
        assertThat(models)
                .extracting(ModelInfo::id)
                .containsExactly(
                        "alpha", "zeta", "auto", "openai/good", "openai/fair", "anthropic/best", "openai/ends");
        assertThat(models.getLast().shutdownDate()).isEqualTo("2026-06-01");
        assertThat(router.models()).isSameAs(models);
        now.set(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(router.models()).extracting(ModelInfo::id).doesNotContain("openai/ends");
    }

    @Test
    void aNameLeadsToItsEntryOfTheListUnderThatName() {
        NameRules rules = new NameRules(Map.of("alpha", "openai/good"), List.of());
        ModelRouter router = router().rules(rules).build();
        catalog.put(ModelCard.builder("openai/embed", "openai", "embed")
                .chats(false)
                .build());

        for (ModelInfo listed : router.models()) {
            assertThat(router.model(listed.id())).isEqualTo(listed);
        }
        ModelInfo good = router.model("openai/good");
        assertThat(router.model("good")).isEqualTo(good.withId("good"));
        assertThat(router.model("ends").shutdownDate()).isEqualTo("2026-06-01");
        for (String name : List.of("god", "openai/embed", "openai/made-up")) {
            assertThatThrownBy(() -> router.model(name)).isInstanceOf(GatewayException.ModelNotFound.class);
        }
        now.set(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(router.model("openai/ends"))
                .isEqualTo(router.model("openai/fair").withId("openai/ends"));
    }

    @Test
    void aModelAtTwoProvidersIsListedOnceAndADeploymentByItsOwnName() {
        catalog.add(new Upstream(new NamedProvider("second"), "openai"));
        catalog.add(new Upstream(new NamedProvider("azure"), "azure_openai", "team-chat", null));
        assertThat(router().build().models())
                .extracting(ModelInfo::id)
                .containsOnlyOnce("openai/good")
                .contains("azure/team-chat");
    }

    private ModelRouter.Builder router() {
        return ModelRouter.builder(catalog).clock(now::get).ticker(ticks::get);
    }

    private static @Nullable Refusal refusal(ModelRouter router, RoutingOptions options) {
        return router.preview(exchange("auto", options)).refusal();
    }

    private static List<String> targets(ModelRouter router, String model) {
        return targets(router, model, RoutingOptions.defaults());
    }

    private static List<String> targets(ModelRouter router, String model, RoutingOptions options) {
        return targets(router, ChatRequest.builder(model).user("hi").build(), options);
    }

    private static List<String> targets(ModelRouter router, ChatRequest request, RoutingOptions options) {
        return router
                .route(new Exchange("id", request, CallOptions.defaults().withRouting(options), 0, 1))
                .targets()
                .stream()
                .map(RouteTarget::toString)
                .toList();
    }

    private static Exchange exchange(String model, RoutingOptions options) {
        ChatRequest request = ChatRequest.builder(model).user("hi").build();
        return new Exchange("id", request, CallOptions.defaults().withRouting(options), 0, 1);
    }

    /** As Claude Code asks by the names of Anthropic's older models, whoever answers to them. */
    private static Exchange thinking(String model) {
        byte[] body = """
                {"model": "%s", "max_tokens": 32000, "thinking": {"type": "enabled", "budget_tokens": 31999},
                 "messages": [{"role": "user", "content": "hi"}]}""".formatted(model).getBytes(StandardCharsets.UTF_8);
        return new Exchange("id", new AnthropicMessagesCodec().decodeRequest(body), CallOptions.defaults(), 0, 1);
    }

    private static ChatRequest stream(String model) {
        return ChatRequest.builder(model).user("hi").build().withStream(true);
    }

    private static ModelCard card(String id, String vendor, double score, Lifecycle lifecycle) {
        return ModelCard.builder(id, vendor, id.substring(id.indexOf('/') + 1))
                .capabilities(Capabilities.exactly(Set.of(Capability.STREAMING, Capability.VISION)))
                .price(new ModelPrice(1, 1))
                .scores(scores(score))
                .lifecycle(lifecycle)
                .build();
    }

    private static Scores scores(double value) {
        Scores.Score score = new Scores.Score(value, "test", null);
        return new Scores(Map.of(ScoreKind.CODING, score, ScoreKind.ARENA, score, ScoreKind.INSTRUCTION, score));
    }
}
