package dev.llmgateway.resilience.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Nobody gets over a limit, whenever calls come, end and are settled, and however many threads bring them. */
final class ExactLimitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

    /** A call that was let in. */
    private static final class Call {
        private final Admission.Admitted admitted;
        private long tokens;

        Call(Admission.Admitted admitted) {
            this.admitted = admitted;
            this.tokens = admitted.tokens();
        }
    }

    @Property(tries = 300)
    void inNoMinuteAndNoDayIsMoreLetInThanTheLimit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int perMinute,
            @ForAll @IntRange(min = 1, max = 60) int perDay,
            @ForAll @LongRange(min = 100, max = 2_000) long tokens,
            @ForAll @IntRange(min = 1, max = 5) int concurrent,
            @ForAll @LongRange(min = 1, max = 1_200_000) long averagePauseMillis) {
        Random random = new Random(seed);
        Limits limits = new Limits(perMinute, tokens, perDay, concurrent);
        TenantTable table = new TenantTable(10, now::get);
        List<Call> all = new ArrayList<>();
        List<Call> running = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            now.addAndGet(
                    Duration.ofMillis(random.nextLong(2 * averagePauseMillis)).toNanos());
            if (!running.isEmpty() && random.nextInt(3) > 0) {
                Call over = running.remove(random.nextInt(running.size()));
                over.tokens = random.nextLong(over.tokens + 1);
                over.admitted.use().settle(over.admitted, over.tokens);
            }
            if (table.admit("t", limits, random.nextLong(100), random.nextLong(200))
                    instanceof Admission.Admitted admitted) {
                Call call = new Call(admitted);
                all.add(call);
                running.add(call);
            }
            assertThat(running).hasSizeLessThanOrEqualTo(concurrent);
            assertThat(tokensOfTheLastMinute(all)).isLessThanOrEqualTo(tokens);
        }
        for (int first = 0; first < all.size(); first++) {
            assertThat(calls(all, first, MINUTE)).isLessThanOrEqualTo(perMinute);
            assertThat(calls(all, first, DAY)).isLessThanOrEqualTo(perDay);
        }
    }

    /** What is set aside for running calls, and what those that ended have really used. */
    private long tokensOfTheLastMinute(List<Call> calls) {
        return calls.stream()
                .filter(call -> now.get() - call.admitted.at() <= MINUTE.toNanos())
                .mapToLong(call -> call.tokens)
                .sum();
    }

    private static int calls(List<Call> calls, int first, Duration within) {
        int last = first;
        while (last < calls.size()
                && calls.get(last).admitted.at() - calls.get(first).admitted.at() <= within.toNanos()) {
            last++;
        }
        return last - first;
    }

    /** Threads bring calls of four tenants, of whom two share the count of newcomers. */
    @Example
    void threadsGetNoMoreTogether() throws InterruptedException {
        Limits limits = new Limits(500, 100_000, 1_000_000, 8);
        TenantTable table = new TenantTable(2, now::get);
        table.admit("a", limits, 0, 0);
        table.admit("b", limits, 0, 0);
        List<AtomicInteger> admitted = List.of(new AtomicInteger(1), new AtomicInteger(1), new AtomicInteger());
        List<AtomicInteger> running = List.of(new AtomicInteger(1), new AtomicInteger(1), new AtomicInteger());
        AtomicInteger mostRunning = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String tenant = List.of("a", "b", "c", "d").get(i % 4);
            int count = Math.min(2, i % 4);
            threads.add(Thread.ofPlatform().start(() -> {
                awaitUninterruptibly(start);
                for (int call = 0; call < 1_000; call++) {
                    if (table.admit(tenant, limits, 50, 50) instanceof Admission.Admitted in) {
                        admitted.get(count).incrementAndGet();
                        mostRunning.accumulateAndGet(running.get(count).incrementAndGet(), Math::max);
                        Thread.yield();
                        running.get(count).decrementAndGet();
                        in.use().settle(in, 100);
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(mostRunning.get()).isLessThanOrEqualTo(8);
        assertThat(admitted).extracting(AtomicInteger::get).containsExactly(500, 500, 500);
    }

    /** The threads' ticks pass while they run, and tenants are forgotten and come again. */
    @Example
    void nobodyGainsByBeingForgotten() throws InterruptedException {
        Limits limits = new Limits(3, 1_000, 5, 100);
        Ticker ticker = () -> now.addAndGet(Duration.ofSeconds(7).toNanos());
        TenantTable table = new TenantTable(3, ticker);
        List<List<Long>> times = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String tenant = "tenant-" + i;
            List<Long> at = new ArrayList<>();
            times.add(at);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int call = 0; call < 20_000; call++) {
                    if (table.admit(tenant, limits, 1, 1) instanceof Admission.Admitted in) {
                        at.add(in.at());
                        in.use().settle(in, 1);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (List<Long> at : times) {
            assertThat(at).isNotEmpty();
            for (int i = 0; i + 5 < at.size(); i++) {
                assertThat(at.get(i + 5) - at.get(i)).isGreaterThan(DAY.toNanos());
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
