package dev.llmgateway.resilience.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.GatewayException.Unavailable;
import dev.llmgateway.api.routing.CircuitState;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.resilience.Retry;
import dev.llmgateway.resilience.RetryBudget;
import dev.llmgateway.resilience.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens a circuit, what closes it, and what is remembered of it. */
final class BreakersTest extends BreakersBed {

    @Test
    void anOpenCircuitRefusesWithoutACall() {
        fail(status(503), 5);
        pass(Duration.ofSeconds(10));

        assertThatThrownBy(() -> open(openAi, "gpt", null))
                .isInstanceOfSatisfying(Unavailable.class, e -> {
                    assertThat(e.why()).isEqualTo(Cause.CIRCUIT_OPEN);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(e.mayFailOver()).isTrue();
                })
                .hasMessage("openai/gpt is not asked now: it failed 5 times in 60 s");
        assertThat(calls).isEqualTo(5);
        assertThat(state(openAi, "gpt"))
                .isEqualTo(new TargetState.Unavailable(
                        Cause.CIRCUIT_OPEN, Duration.ofSeconds(20), "failed 5 times in 60 s"));
    }

    @Test
    void everyModelOfEveryProviderHasItsOwnCircuit() {
        fail(status(503), 5);
        assertThat(state(openAi, "gpt-mini")).isSameAs(TargetState.READY);
        assertThat(state(other, "gpt")).isSameAs(TargetState.READY);
        drain(open(openAi, "gpt-mini", null));
        drain(open(other, "gpt", null));
    }

    @Test
    void oneProbeClosesIt() {
        fail(status(503), 5);
        pass(Duration.ofSeconds(30));
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);

        ChatStream probe = open(openAi, "gpt", null);
        assertThatThrownBy(() -> open(openAi, "gpt", null)).isInstanceOf(Unavailable.class);
        assertThat(state(openAi, "gpt"))
                .isEqualTo(new TargetState.Unavailable(
                        Cause.CIRCUIT_OPEN,
                        Duration.ofSeconds(1),
                        "failed 5 times in 60 s, and others are trying whether it works again"));
        drain(probe);

        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
        assertThat(changes)
                .containsExactly(
                        "openai/gpt closed -> open: failed 5 times in 60 s (status 503)",
                        "openai/gpt open -> half_open: it is time to try again",
                        "openai/gpt half_open -> closed: a call succeeded");
    }

    @Test
    void aProbeThatLeavesGivesItsPlaceBack() {
        fail(status(503), 5);
        pass(Duration.ofSeconds(30));
        try (ChatStream probe = stream(5, null)) {
            probe.next();
        }
        assertThat(circuit()).isEqualTo(CircuitState.HALF_OPEN);
        fail(status(400), 1);
        fail(limited(Duration.ZERO), 1);
        fail(new GatewayException.Cancelled("left"), 1);
        fail(new IllegalStateException("a defect"), 1);
        assertThat(circuit()).isEqualTo(CircuitState.HALF_OPEN);
        succeed();
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "MALFORMED", "BROKEN_OFF"})
    void whatIsNoAnswerCounts(Phase phase) {
        fail(failure(phase, 502, null), 5);
        assertThat(circuit()).isEqualTo(CircuitState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 503, 504, 524, 529})
    void statusesFrom500OnCount(int status) {
        fail(status(status), 3);
        fail(failure(Phase.REPORTED, status, Duration.ofSeconds(9)), 2);
        assertThat(circuit()).isEqualTo(CircuitState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 413, 422, 429})
    void statusesBelow500DoNot(int status) {
        fail(status(status), 10);
        fail(failure(Phase.REPORTED, status, null), 10);
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
        assertThat(breakers.provider("openai")).isSameAs(ProviderCircuits.NEVER_FAILED);
    }

    @Test
    void whatIsNotTheTargetsFaultDoesNotCount() {
        fail(new GatewayException.Cancelled("left"), 10);
        fail(new GatewayException.Stopping(), 10);
        fail(GatewayException.InvalidRequest.forTarget("n", "n > 1"), 10);
        fail(new IllegalStateException("a defect"), 10);
        cancellation.cancel(new GatewayException.Cancelled("a race was lost"));
        fail(failure(Phase.BROKEN_OFF, 502, null), 10);
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void silenceCounts() {
        fail(new TimedOut("provider \"openai\" sent nothing for 120 s", false), 5);
        assertThat(circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void callersWithTinyTimeLimitsCannotOpenIt() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> breakers.intercept(attempt(openAi, "gpt"), ignored -> {
                        pass(PATIENCE.minusMillis(1));
                        throw new TimedOut("the time for the whole call is up", true);
                    }))
                    .isInstanceOf(TimedOut.class);
        }
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aCallsOwnLimitCountsAfterLongSilenceButNotInsideAnAnswer() {
        policies.put("openai", new CircuitPolicy(1, Duration.ofHours(1), Duration.ofSeconds(30), 1));
        TimedOut late = new TimedOut("the time for the whole call is up", true);
        ChatStream slowlyRead = stream(1, late);
        slowlyRead.next();
        pass(PATIENCE.multipliedBy(3));
        assertThatThrownBy(slowlyRead::next).isSameAs(late);
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);

        ChatStream silent = stream(0, late);
        pass(PATIENCE);
        assertThatThrownBy(silent::next).isSameAs(late);
        assertThat(circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void streamsThatBreakMidwayCountOnceEach() {
        for (int i = 0; i < 4; i++) {
            try (ChatStream broken = stream(3, failure(Phase.BROKEN_OFF, 502, null))) {
                assertThatThrownBy(() -> drain(broken)).isInstanceOf(ProviderFailed.class);
                assertThatThrownBy(broken::next).isInstanceOf(ProviderFailed.class);
            }
        }
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
        assertThatThrownBy(() -> drain(stream(3, failure(Phase.REPORTED, 529, null))))
                .isInstanceOf(ProviderFailed.class);
        assertThat(circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(changes)
                .containsExactly(
                        "openai/gpt closed -> open: failed 5 times in 60 s (an error inside the answer, status 529)");
    }

    @Test
    void whatFailsAfterItsReaderHasLeftDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            ChatStream left = stream(1, failure(Phase.BROKEN_OFF, 502, null));
            left.next();
            left.close();
            assertThatThrownBy(left::next).isInstanceOf(ProviderFailed.class);
        }
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRefusalIsNotRetried() {
        fail(status(503), 5);
        List<Duration> waits = new ArrayList<>();
        Retry retry = new Retry(id -> RetryPolicy.DEFAULT, new RetryBudget(now::get), now::get, waits::add);
        assertThatThrownBy(() -> retry.intercept(
                        attempt(openAi, "gpt"), attempt -> breakers.intercept(attempt, ignored -> new Pings(1, null))))
                .isInstanceOf(Unavailable.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void providersHavePoliciesOfTheirOwnThatMayChange() {
        policies.put("openai", new CircuitPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(5), 1));
        fail(status(503), 1);
        policies.put("openai", new CircuitPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(5), 1));
        fail(status(503), 1);
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
        fail(status(503), 1);
        assertThat(((TargetState.Unavailable) state(openAi, "gpt")).sentence()).isEqualTo("failed 3 times in 10 s");
    }

    @Test
    void showsWhatHappenedTheNewestFirst() {
        fail(status(500), 5);
        for (int i = 0; i < 15; i++) {
            pass(Duration.ofSeconds(30));
            fail(status(502), 1);
        }
        assertThatThrownBy(() -> open(openAi, "a-model", status(500))).isInstanceOf(ProviderFailed.class);

        ProviderCircuits view = breakers.provider("openai");
        assertThat(view.changes()).hasSize(20);
        assertThat(view.changes().get(0))
                .isEqualTo(new ProviderCircuits.Change(
                        "gpt",
                        CircuitState.HALF_OPEN,
                        CircuitState.OPEN,
                        "failed again when it was tried (status 502)",
                        START.plusSeconds(450)));
        assertThat(view.models()).extracting(ProviderCircuits.Model::model).containsExactly("gpt", "a-model");

        breakers.forget("openai");
        assertThat(breakers.provider("openai")).isSameAs(ProviderCircuits.NEVER_FAILED);
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
    }

    @Test
    void whatNeverFailedIsNotRemembered() {
        for (int i = 0; i < 1_000; i++) {
            drain(open(openAi, "model-" + i, null));
            assertThat(state(openAi, "model-" + i)).isSameAs(TargetState.READY);
        }
        assertThat(breakers.provider("openai")).isSameAs(ProviderCircuits.NEVER_FAILED);
    }

    @Test
    void whatFailedIsRememberedUpToABound() {
        for (int i = 0; i < 3 * ProviderHealth.MOST_MODELS; i++) {
            String model = "model-" + i;
            assertThat(catchThrowable(() -> open(openAi, model, status(500)))).isInstanceOf(ProviderFailed.class);
        }
        assertThat(breakers.provider("openai").models()).hasSizeLessThanOrEqualTo(ProviderHealth.MOST_MODELS);
    }
}
