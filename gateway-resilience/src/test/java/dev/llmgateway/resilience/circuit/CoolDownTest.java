package dev.llmgateway.resilience.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException.ProviderFailed;
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

/** What a 429 does: it never opens a circuit. */
final class CoolDownTest extends BreakersBed {

    @Test
    void a429CoolsTheWholeProviderDownForAsLongAsItSays() {
        fail(limited(Duration.ofMillis(16_500)), 1);
        pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> open(openAi, "gpt-mini", null))
                .isInstanceOfSatisfying(Unavailable.class, e -> {
                    assertThat(e.why()).isEqualTo(Cause.COOLING_DOWN);
                    assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(15_500));
                })
                .hasMessage("openai/gpt-mini is not asked now: it is over its provider's rate limit for another 16 s");
        assertThat(state(openAi, "gpt")).isInstanceOf(TargetState.Unavailable.class);
        assertThat(state(other, "gpt")).isSameAs(TargetState.READY);
        assertThat(breakers.provider("openai").coolingDown()).isEqualTo(Duration.ofMillis(15_500));

        pass(Duration.ofMillis(15_500));
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
        succeed();
    }

    @Test
    void a429NeverOpensWhateverItSays() {
        for (int i = 0; i < 20; i++) {
            fail(limited(Duration.ofSeconds(2)), 1);
            pass(Duration.ofSeconds(2));
        }
        assertThat(circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(breakers.provider("openai").models()).isEmpty();
    }

    @Test
    void anHourIsTheLongestCoolDownAndAShorterOneDoesNotCutIt() {
        ChatStream second = stream(0, limited(Duration.ofSeconds(1)));
        fail(limited(Duration.ofDays(3)), 1);
        assertThatThrownBy(second::next).isInstanceOf(ProviderFailed.class);

        pass(Duration.ofMinutes(59));
        assertThat(state(openAi, "gpt")).isInstanceOf(TargetState.Unavailable.class);
        pass(Duration.ofMinutes(1));
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
    }

    @Test
    void aTenantWithAKeyOfItsOwnCoolsDownAlone() {
        Caller own = new Caller("acme", null, provider -> provider.id().equals("openai") ? "sk-acme" : null);
        caller = own;
        fail(limited(Duration.ofSeconds(10)), 1);
        assertThat(state(openAi, "gpt")).isInstanceOf(TargetState.Unavailable.class);

        caller = Caller.tenant("other tenant");
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
        fail(limited(Duration.ofSeconds(20)), 1);
        caller = Caller.tenant("a third");
        assertThat(state(openAi, "gpt")).isInstanceOf(TargetState.Unavailable.class);

        caller = own;
        pass(Duration.ofSeconds(10));
        assertThat(state(openAi, "gpt")).isSameAs(TargetState.READY);
        succeed();
    }

    @Test
    void aRetryThatWaitsAsAskedIsLetThrough() {
        Retry retry = new Retry(
                id -> RetryPolicy.DEFAULT,
                new RetryBudget(now::get),
                now::get,
                pause -> now.addAndGet(pause.toNanos()));
        List<RuntimeException> failures = new ArrayList<>(List.of(limited(Duration.ofSeconds(3))));
        ChatStream answer = retry.intercept(
                attempt(openAi, "gpt"),
                attempt -> breakers.intercept(attempt, ignored -> {
                    calls++;
                    if (!failures.isEmpty()) {
                        throw failures.remove(0);
                    }
                    return new Pings(1, null);
                }));
        drain(answer);
        assertThat(calls).isEqualTo(2);
    }
}
