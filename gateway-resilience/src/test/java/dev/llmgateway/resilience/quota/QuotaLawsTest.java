package dev.llmgateway.resilience.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What holds for every quota, whenever and however it is used. */
final class QuotaLawsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Property(tries = 300)
    void inNoMinuteIsMoreLetInThanTheQuota(
            @ForAll @IntRange(min = 1, max = 20) int rpm,
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0, max = 20_000) Long> pausesInMillis) {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - MINUTE / 2);
        ProviderQuotas quotas = new ProviderQuotas(id -> new ProviderQuota(rpm, 1_000_000), 0.9, now::get);
        List<Long> admitted = new ArrayList<>();
        for (long pause : pausesInMillis) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(pause));
            if (isLetIn(quotas, now)) {
                admitted.add(now.get());
            }
            long start = now.get() - MINUTE;
            assertThat(admitted.stream().filter(at -> at - start > 0).count()).isLessThanOrEqualTo(rpm);
        }
        assertThat(admitted).isNotEmpty();
    }

    @Property(tries = 300)
    void whoeverWaitsAsToldIsLetIn(
            @ForAll @IntRange(min = 1, max = 20) int rpm,
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 5_000) Long> pausesInMillis) {
        AtomicLong now = new AtomicLong();
        ProviderQuotas quotas = new ProviderQuotas(id -> new ProviderQuota(rpm, 1_000_000), 0.9, now::get);
        for (long pause : pausesInMillis) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(pause));
            isLetIn(quotas, now);
            if (quotas.state(Caller.DEFAULT, Calls.OPENAI, "m") instanceof TargetState.Unavailable state) {
                now.addAndGet(state.retryAfter().toNanos());
                assertThat(quotas.state(Caller.DEFAULT, Calls.OPENAI, "m"))
                        .isNotInstanceOf(TargetState.Unavailable.class);
                assertThat(isLetIn(quotas, now)).isTrue();
            }
        }
    }

    @Test
    void thirtyTwoThreadsAreLetInExactlyAsOftenAsTheQuotaSays() throws Exception {
        AtomicLong now = new AtomicLong();
        ProviderQuotas quotas = new ProviderQuotas(id -> new ProviderQuota(1_000, 1_000_000_000), 0.9, now::get);
        AtomicInteger letIn = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 32; i++) {
                threads.submit(() -> {
                    start.await();
                    for (int n = 0; n < 200; n++) {
                        letIn.addAndGet(isLetIn(quotas, now) ? 1 : 0);
                    }
                    return null;
                });
            }
            start.countDown();
        }
        assertThat(letIn).hasValue(1_000);
        assertThat(quotas.use("openai").configured().tokens().remaining()).isEqualTo(1_000_000_000 - 2_000);
    }

    private static boolean isLetIn(ProviderQuotas quotas, AtomicLong now) {
        try {
            Calls.read(quotas.intercept(Calls.attempt(Caller.DEFAULT, now.get()), Calls.answers(Usage.of(1, 1))));
            return true;
        } catch (GatewayException.Unavailable e) {
            return false;
        }
    }
}
