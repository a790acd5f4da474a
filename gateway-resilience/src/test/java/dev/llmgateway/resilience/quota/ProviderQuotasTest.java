package dev.llmgateway.resilience.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Cause;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProviderQuotasTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Caller ACME = Calls.withOwnKey("acme");

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());

    private final AtomicReference<@Nullable ProviderQuota> quota = new AtomicReference<>();
    private final ProviderQuotas quotas = new ProviderQuotas(id -> quota.get(), 0.9, now::get);

    @Test
    void theQuotaIsUsedUpToItsEndAndIsThereAgainAMinuteLater() {
        quota.set(new ProviderQuota(10, 1_000_000));
        answered(10);

        assertThatThrownBy(() -> answered(1))
                .isInstanceOfSatisfying(GatewayException.Unavailable.class, e -> {
                    assertThat(e.why()).isEqualTo(Cause.QUOTA_EXHAUSTED);
                    assertThat(e.retryAfter()).isBetween(MINUTE, MINUTE.plusSeconds(1));
                    assertThat(e.mayFailOver()).isTrue();
                })
                .hasMessageStartingWith("provider \"openai\" has used up its 10 requests per minute; try again in 6");
        pass(MINUTE.plusSeconds(1));
        answered(10);
    }

    @Test
    void fromTheThresholdOnOthersAreAskedFirstAndAtTheEndOthersOnly() {
        quota.set(new ProviderQuota(10, 1_000_000));
        answered(8);
        assertThat(state()).isSameAs(TargetState.READY);

        answered(1);
        assertThat(state()).isEqualTo(new TargetState.Strained("has used 90 % of its 10 requests per minute"));

        answered(1);
        assertThat(state()).isInstanceOfSatisfying(TargetState.Unavailable.class, state -> {
            assertThat(state.cause()).isEqualTo(Cause.QUOTA_EXHAUSTED);
            assertThat(state.sentence()).isEqualTo("has used up its 10 requests per minute");
        });
        pass(MINUTE.plusSeconds(1));
        assertThat(state()).isEqualTo(TargetState.READY);
    }

    @Test
    void tokensAreSetAsideAndTheReportedOnesTakeTheirPlace() {
        quota.set(new ProviderQuota(1_000, 10_000));
        ChatStream running = quotas.intercept(attempt(Caller.DEFAULT), Calls.answers(Usage.of(100, 50)));
        assertThat(tokensLeft()).isLessThan(10_000 - 1_024);

        Calls.read(running);
        assertThat(tokensLeft()).isEqualTo(10_000 - 150);
    }

    @Test
    void anAnswerThatUsedMoreThanItsShareCountsWhole() {
        quota.set(new ProviderQuota(1_000, 10_000));
        Calls.read(quotas.intercept(attempt(Caller.DEFAULT), Calls.answers(Usage.of(1_000, 11_000))));

        assertThat(state()).isInstanceOf(TargetState.Unavailable.class);
        assertThat(tokensLeft()).isZero();
    }

    @Test
    void anAnswerThatIsGivenUpKeepsWhatWasSetAside() {
        quota.set(new ProviderQuota(1_000, 10_000));
        ChatStream stream = quotas.intercept(attempt(Caller.DEFAULT), Calls.answers(Usage.of(1, 1)));
        long set = tokensLeft();
        stream.close();

        assertThat(tokensLeft()).isEqualTo(set);
    }

    @Test
    void aRefusedAttemptCountsAsARequestButUsesNoTokens() {
        quota.set(new ProviderQuota(1_000, 10_000));
        assertThatThrownBy(() -> quotas.intercept(attempt(Caller.DEFAULT), Calls.failsWith(429)));

        assertThat(tokensLeft()).isEqualTo(10_000);
        assertThat(quotas.use("openai").configured().requests().remaining()).isEqualTo(999);
    }

    @Test
    void withoutAQuotaNothingIsCounted() {
        answered(5_000);

        assertThat(state()).isSameAs(TargetState.READY);
        assertThat(quotas.use("openai").configured()).isNull();
    }

    @Test
    void anotherQuotaHoldsFromTheNextAttemptOn() {
        quota.set(new ProviderQuota(2, 1_000_000));
        answered(2);
        quota.set(new ProviderQuota(4, 1_000_000));
        answered(2);
        quota.set(null);
        answered(10);
        assertThat(state()).isEqualTo(TargetState.READY);
    }

    @Test
    void theProvidersOwnWordIsHeededUntilItsReset() {
        learn(Caller.DEFAULT, new Window(100, 8, Duration.ofSeconds(20)));
        assertThat(state()).isEqualTo(new TargetState.Strained("says that 92 % of its 100 requests are used"));

        learn(Caller.DEFAULT, new Window(100, 0, Duration.ofSeconds(20)));
        assertThat(state())
                .isEqualTo(new TargetState.Unavailable(
                        Cause.QUOTA_EXHAUSTED, Duration.ofSeconds(20), "says that no requests are left of its limit"));
        assertThatThrownBy(() -> answered(1)).isInstanceOf(GatewayException.Unavailable.class);

        pass(Duration.ofSeconds(20));
        assertThat(state()).isEqualTo(TargetState.READY);
        answered(1);
    }

    @Test
    void theProvidersLatestWordCountsThatAllIsThereAgain() {
        learn(Caller.DEFAULT, new Window(100, 2, Duration.ofSeconds(20)));
        learn(Caller.DEFAULT, new Window(100, 100, Duration.ZERO));
        assertThat(state()).isEqualTo(TargetState.READY);
        assertThat(quotas.use("openai").used()).isZero();
    }

    @Test
    void whatTheProviderSaysOfOneModelDoesNotHoldForAnother() {
        learn(Caller.DEFAULT, new Window(100, 0, MINUTE));

        assertThat(quotas.state(Caller.DEFAULT, Calls.OPENAI, "another")).isEqualTo(TargetState.READY);
        assertThat(quotas.use("openai").reported())
                .containsExactly(new QuotaUse.Reported("m", new RateLimits(new Window(100, 0, MINUTE), null)));
        assertThat(quotas.use("openai").used()).isEqualTo(1);
    }

    @Test
    void noWordIsTrustedForLongerThanAnHour() {
        learn(Caller.DEFAULT, new Window(100, 0, Duration.ofHours(23)));
        pass(ReportedLimits.LONGEST_TRUST);
        assertThat(state()).isEqualTo(TargetState.READY);
    }

    @Test
    void aTenantsOwnKeyHasLimitsOfItsOwn() {
        quota.set(new ProviderQuota(1, 1_000_000));
        answered(1);
        assertThat(quotas.state(ACME, Calls.OPENAI, "m")).isEqualTo(TargetState.READY);
        Calls.read(quotas.intercept(attempt(ACME), Calls.answers(Usage.of(1, 1))));

        learn(ACME, new Window(10, 0, Duration.ofSeconds(5)));
        assertThat(quotas.state(ACME, Calls.OPENAI, "m")).isInstanceOf(TargetState.Unavailable.class);
        assertThat(quotas.state(Calls.withOwnKey("other"), Calls.OPENAI, "m")).isEqualTo(TargetState.READY);
        assertThat(quotas.use("openai").reported()).isEmpty();
    }

    @Test
    void aThresholdOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> new ProviderQuotas(id -> null, 1.1)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new ProviderQuotas(id -> null, Double.NaN)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new ProviderQuota(0, 1)).hasMessageContaining("at least 1");
    }

    @Test
    void aHundredThousandModelsAndTenantsAreNotRemembered() {
        ReportedLimits reported = new ReportedLimits(0.9, now::get);
        for (int i = 0; i < 100_000; i++) {
            reported.learn("tenant-" + i, "model-" + i, new RateLimits(new Window(1, 0, MINUTE), null));
        }
        assertThat(reported.size()).isEqualTo(ReportedLimits.MOST_REPORTS);

        pass(MINUTE);
        reported.learn(null, "m", new RateLimits(new Window(1, 0, MINUTE), null));
        assertThat(reported.size()).isEqualTo(1);
        assertThat(reported.state(null, "m")).isInstanceOf(TargetState.Unavailable.class);
    }

    private void answered(int times) {
        for (int i = 0; i < times; i++) {
            Calls.read(quotas.intercept(attempt(Caller.DEFAULT), Calls.answers(Usage.of(1, 1))));
        }
    }

    private Attempt attempt(Caller caller) {
        return Calls.attempt(caller, now.get());
    }

    private void learn(Caller caller, Window requests) {
        quotas.providerLimits(attempt(caller), new RateLimits(requests, null));
    }

    private TargetState state() {
        return quotas.state(Caller.DEFAULT, Calls.OPENAI, "m");
    }

    private long tokensLeft() {
        return quotas.use("openai").configured().tokens().remaining();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
