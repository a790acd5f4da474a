package dev.llmgateway.resilience.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.ChainStep;
import dev.llmgateway.api.routing.Ranked;
import dev.llmgateway.api.routing.Requirements;
import dev.llmgateway.api.routing.Resolution;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.api.routing.RoutingOptions;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.ir.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HedgingTest {

    private static final Exchange REALTIME = exchange(RoutingProfile.REALTIME);

    private final AtomicLong now = new AtomicLong();
    private final Hedging hedging = hedging(HedgeSettings.DEFAULT);

    private Hedging hedging(HedgeSettings settings) {
        return new Hedging(settings, now::get);
    }

    private static Exchange exchange(RoutingProfile profile) {
        CallOptions options = CallOptions.builder()
                .routing(RoutingOptions.defaults().withProfile(profile))
                .build();
        return new Exchange("id", ChatRequest.builder("auto").user("hi").build(), options, 0, Long.MAX_VALUE);
    }

    /** A decision for two targets of these prices; null for one that is not known. */
    private static RoutingDecision costing(@Nullable Double first, @Nullable Double second) {
        Candidate one = new Candidate("one", "a", "m", "one");
        Candidate two = new Candidate("two", "b", "m", "two");
        return new RoutingDecision(
                Resolution.of("auto", Resolution.Match.AUTO),
                RoutingProfile.REALTIME,
                new Requirements(RoutingOptions.defaults().classification(), Set.of(), 0, null, null),
                1,
                List.of(),
                List.of(
                        new Ranked(two, Double.NaN, orUnknown(second), 0, 0, Ranked.UNKNOWN, false, null, null),
                        new Ranked(one, Double.NaN, orUnknown(first), 0, 0, Ranked.UNKNOWN, false, null, null)),
                Stream.of(one, two)
                        .map(candidate -> new ChainStep(candidate, ChainStep.Why.PINNED))
                        .toList(),
                null);
    }

    private static double orUnknown(@Nullable Double price) {
        return price == null ? Double.NaN : price;
    }

    private static void route(Hedging hedging, int times, RoutingDecision decision) {
        for (int i = 0; i < times; i++) {
            hedging.routed(REALTIME, decision);
        }
    }

    @Test
    void waitsTheDelayForTheRealtimeProfileAlone() {
        assertThat(hedging.delay(REALTIME)).isEqualTo(Duration.ofMillis(300));
        for (RoutingProfile profile : RoutingProfile.all()) {
            if (!profile.equals(RoutingProfile.REALTIME)) {
                assertThat(hedging.delay(exchange(profile))).isNull();
            }
        }
    }

    @Test
    void aBusyGatewayAsksNobodyTwice() {
        Hedging small = hedging(HedgeSettings.DEFAULT.withMaxCallsInFlight(2).withMaxExtraPercent(100));
        RoutingDecision decision = costing(0.01, 0.01);
        route(small, 10, decision);
        small.callStarted(REALTIME);
        assertThat(small.delay(REALTIME)).isNotNull();
        small.callStarted(REALTIME);

        assertThat(small.delay(REALTIME)).isNull();
        assertThat(small.mayHedge(REALTIME, decision)).isFalse();

        AnswerSummary summary = AnswerSummary.nothing(Duration.ZERO);
        small.callEnded(REALTIME, new Outcome.Completed(summary));
        assertThat(small.delay(REALTIME)).isNotNull();
        assertThat(small.mayHedge(REALTIME, decision)).isTrue();
    }

    @Test
    void secondRequestsCostAtMostTheirShareOfAllCalls() {
        RoutingDecision decision = costing(0.02, 0.03);
        route(hedging, 14, decision);
        assertThat(hedging.mayHedge(REALTIME, decision)).as("0.03 of 0.28").isFalse();

        route(hedging, 1, decision);
        assertThat(hedging.mayHedge(REALTIME, decision)).as("0.03 of 0.30").isTrue();
        assertThat(hedging.mayHedge(REALTIME, decision)).as("0.06 of 0.30").isFalse();
    }

    @Test
    void callsAreCountedWhereNoPriceIsKnown() {
        RoutingDecision unknown = costing(null, null);
        route(hedging, 9, unknown);
        assertThat(hedging.mayHedge(REALTIME, unknown)).isFalse();

        route(hedging, 1, unknown);
        assertThat(hedging.mayHedge(REALTIME, unknown)).isTrue();
        assertThat(hedging.mayHedge(REALTIME, unknown)).isFalse();
    }

    @Test
    void aSecondTargetWithoutAPriceCountsLikeTheFirst() {
        RoutingDecision decision = costing(0.02, null);
        route(hedging, 10, decision);

        assertThat(hedging.mayHedge(REALTIME, decision)).isTrue();
        assertThat(hedging.mayHedge(REALTIME, decision)).isFalse();
    }

    @Test
    void aFirstTargetWithoutAPriceCountsLikeTheSecond() {
        RoutingDecision decision = costing(null, 0.02);
        route(hedging, 10, decision);

        assertThat(hedging.mayHedge(REALTIME, decision)).isTrue();
        assertThat(hedging.mayHedge(REALTIME, decision)).isFalse();
    }

    @Test
    void aFreeSecondTargetIsAlwaysAllowed() {
        assertThat(hedging(HedgeSettings.DEFAULT.withMaxExtraPercent(0)).mayHedge(REALTIME, costing(0.02, 0.0)))
                .isTrue();
    }

    @Test
    void whatWasSpentMoreThanAnHourAgoIsForgotten() {
        RoutingDecision decision = costing(0.02, 0.02);
        route(hedging, 10, decision);
        assertThat(hedging.mayHedge(REALTIME, decision)).isTrue();
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(hedging.mayHedge(REALTIME, decision)).isFalse();

        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(hedging.mayHedge(REALTIME, decision))
                .as("nothing was called lately")
                .isFalse();
        route(hedging, 10, decision);
        assertThat(hedging.mayHedge(REALTIME, decision)).isTrue();
    }

    @Property(tries = 200)
    void theShareIsNeverExceededWhateverThePricesAre(
            @ForAll @Size(max = 200) List<@IntRange(max = 5_000) Integer> microDollars,
            @ForAll @IntRange(max = 100) int percent) {
        Hedging capped = hedging(HedgeSettings.DEFAULT.withMaxExtraPercent(percent));
        long all = 0;
        long extra = 0;
        for (int price : microDollars) {
            RoutingDecision decision = costing(price / 1e6, price / 1e6);
            capped.routed(REALTIME, decision);
            all += price;
            extra += capped.mayHedge(REALTIME, decision) ? price : 0;
            assertThat(extra * 100).isLessThanOrEqualTo(all * percent);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void refusesAShareThatIsNone(int percent) {
        assertThatThrownBy(() -> HedgeSettings.DEFAULT.withMaxExtraPercent(percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 100");
    }

    @Test
    void refusesANegativeDelayAndALimitOfZeroCalls() {
        assertThatThrownBy(() -> HedgeSettings.DEFAULT.withDelay(Duration.ofMillis(-1)))
                .hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> HedgeSettings.DEFAULT.withMaxCallsInFlight(0)).hasMessageContaining("at least 1");
    }
}
