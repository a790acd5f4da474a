package dev.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.GatedProvider.Gate;
import dev.llmgateway.api.cache.CacheSettings;
import dev.llmgateway.api.cache.ExactCache;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Resolution.Match;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.spi.Clearances;
import dev.llmgateway.api.spi.HedgePolicy;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.api.spi.Route;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.api.spi.Router;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every router here lies: it says of whatever it is given that it may see all data. */
@Timeout(30)
final class ClassificationGuardTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("model").user("hi").build();
    private static final CallOptions CUI = at(DataClassification.CUI);
    private static final Clearances ONE_IS_CLEARED = Clearances.upTo(Map.of("one", DataClassification.CUI));

    private final List<String> told = new ArrayList<>();

    private static CallOptions at(DataClassification level) {
        return CallOptions.defaults().withRouting(RoutingOptions.defaults().withClassification(level));
    }

    private static Router liar(Provider... providers) {
        return exchange -> Route.byName(
                "model",
                Match.AUTO,
                exchange.options().routing().withClassification(DataClassification.PUBLIC),
                List.of(providers).stream()
                        .map(provider -> new RouteTarget(provider, "model"))
                        .toList());
    }

    private Gateway.Builder lying(Provider... providers) {
        return Gateway.builder()
                .router(liar(providers))
                .clearances(ONE_IS_CLEARED)
                .listener(new GatewayListener() {
                    @Override
                    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
                        told.add(attempt.target() + ": " + error.getClass().getSimpleName());
                    }
                });
    }

    @Test
    void theFirstTargetIsNotAskedWhenItMayNotSeeTheData() {
        ScriptedProvider other = ScriptedProvider.saying("other", "leaked");

        assertThatThrownBy(() -> lying(other).build().chat(REQUEST, CUI))
                .isInstanceOf(GatewayException.Forbidden.class)
                .hasMessage("the data is cui, and other/model may see public, internal only: nothing was sent there");
        assertThat(other.calls).isEmpty();
        assertThat(told).containsExactly("other/model: Forbidden");
    }

    @Test
    void noOtherTargetIsAskedInsteadNotEvenOneThatMaySeeIt() {
        ScriptedProvider other = ScriptedProvider.saying("other", "leaked");
        ScriptedProvider one = ScriptedProvider.saying("one", "fine");

        assertThatThrownBy(() -> lying(other, one).build().chat(REQUEST, CUI))
                .isInstanceOf(GatewayException.Forbidden.class);
        assertThat(other.calls).isEmpty();
        assertThat(one.calls).isEmpty();
    }

    @Test
    void failoverIsGuarded() {
        ScriptedProvider one = ScriptedProvider.of("one", ScriptedProvider.failure("one", 503, WireError.Kind.SERVER));
        ScriptedProvider other = ScriptedProvider.saying("other", "leaked");

        assertThatThrownBy(() -> lying(one, other).build().stream(REQUEST, CUI))
                .isInstanceOf(GatewayException.Forbidden.class);
        assertThat(one.calls).hasSize(1);
        assertThat(other.calls).isEmpty();
    }

    @Test
    void theSecondOfARaceIsGuardedAndDoesNotDisturbTheFirst() {
        Gate gate = new Gate();
        GatedProvider one = GatedProvider.saying("one", gate);
        GatedProvider other = GatedProvider.saying("other", new Gate());
        Gateway gateway = lying(one, other)
                .hedging(new Always())
                .listener(new GatewayListener() {
                    @Override
                    public void attemptFailed(Attempt attempt, GatewayException error, @Nullable Charge spent) {
                        gate.open();
                    }
                })
                .build();

        assertThat(gateway.chat(REQUEST, CUI).text()).isEqualTo("hello from one");
        assertThat(other.calls).hasValue(0);
        assertThat(told).containsExactly("other/model: Forbidden");
    }

    @Test
    void aTargetThatMaySeeTheDataIsAsked() {
        ScriptedProvider one = ScriptedProvider.saying("one", "fine");

        assertThat(lying(one).build().chat(REQUEST, CUI).text()).isEqualTo("fine");
        assertThatThrownBy(() -> lying(one).build().chat(REQUEST, at(DataClassification.ITAR)))
                .isInstanceOf(GatewayException.Forbidden.class);
    }

    @Test
    void withoutClearancesPublicAndInternalDataGoAnywhereAndNothingElse() {
        for (DataClassification level : DataClassification.values()) {
            ScriptedProvider provider = ScriptedProvider.saying("only", "fine");
            Gateway gateway = Gateway.builder().provider(provider).build();
            if (level.compareTo(DataClassification.INTERNAL) <= 0) {
                assertThat(gateway.chat(REQUEST, at(level)).text()).isEqualTo("fine");
            } else {
                assertThatThrownBy(() -> gateway.chat(REQUEST, at(level)))
                        .isInstanceOf(GatewayException.Forbidden.class);
                assertThat(provider.calls).isEmpty();
            }
        }
    }

    @Test
    void whenTheClearancesFailNothingIsSent() {
        ScriptedProvider one = ScriptedProvider.saying("one", "leaked");
        Gateway gateway = lying(one)
                .clearances(target -> {
                    throw new IllegalStateException("nobody knows");
                })
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST)).isInstanceOf(GatewayException.Internal.class);
        assertThat(one.calls).isEmpty();
    }

    @Test
    void whatIsAboveTheHighestLevelIsRefusedWhateverTheRouterAndTheClearancesSay() {
        ScriptedProvider one = ScriptedProvider.saying("one", "leaked");
        Gateway gateway = lying(one)
                .clearances(target -> Set.of(DataClassification.values()))
                .maxClassification(DataClassification.INTERNAL)
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST, CUI))
                .isInstanceOf(GatewayException.Forbidden.class)
                .hasMessage("data of the classification \"cui\" is not accepted here: \"internal\" is the highest");
        assertThat(one.calls).isEmpty();
        RoutingDecision decision = gateway.route(REQUEST, CUI);
        assertThat(decision.chain()).isEmpty();
        assertThat(decision.refusal()).isInstanceOf(Refusal.NotAuthorised.class);
        assertThat(gateway.chat(REQUEST).text()).isEqualTo("leaked");
    }

    @Test
    void whatIsAboveTheHighestLevelIsNotAnsweredFromACacheEither() {
        ExactCache cache = ExactCache.of(CacheSettings.DEFAULT);
        ChatRequest repeatable =
                REQUEST.toBuilder().sampling(Sampling.temperature(0)).build();
        ScriptedProvider one = ScriptedProvider.saying("one", "fine");
        lying(one).stage(Stage.CACHE, cache).build().chat(repeatable, CUI);
        Gateway stricter = lying(one)
                .stage(Stage.CACHE, cache)
                .maxClassification(DataClassification.INTERNAL)
                .build();

        assertThatThrownBy(() -> stricter.chat(repeatable, CUI)).isInstanceOf(GatewayException.Forbidden.class);
        assertThat(one.calls).hasSize(1);
    }

    @Test
    void aLevelThatIsRaisedOnTheWayIsTheOneThatCounts() {
        ScriptedProvider other = ScriptedProvider.saying("other", "leaked");
        Gateway gateway = lying(other)
                .stage(
                        Stage.COMPLIANCE,
                        (exchange, next) -> next.handle(exchange.withOptions(exchange.options()
                                .withRouting(exchange.options().routing().raised(DataClassification.ITAR, "itar")))))
                .build();

        assertThatThrownBy(() -> gateway.chat(REQUEST))
                .isInstanceOf(GatewayException.Forbidden.class)
                .hasMessageContaining("the data is itar");
        assertThat(other.calls).isEmpty();
    }

    private static final class Always implements HedgePolicy {
        @Override
        public Duration delay(Exchange exchange) {
            return Duration.ZERO;
        }

        @Override
        public boolean mayHedge(Exchange exchange, RoutingDecision decision) {
            return true;
        }
    }
}
