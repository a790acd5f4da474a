package dev.llmgateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How many retries a gateway may make, on ticks that wrap around inside every test. */
final class RetryBudgetTest {

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    private final RetryBudget budget = new RetryBudget(now::get);

    private int spendAll() {
        int spent = 0;
        while (budget.tryRetry()) {
            spent++;
        }
        return spent;
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            budget.called();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Example
    void aQuietGatewayLivesFromTheReserve() {
        assertThat(spendAll()).isEqualTo(RetryBudget.RESERVE);
    }

    @Example
    void everyFifthCallAllowsARetry() {
        call(1000);

        assertThat(spendAll()).isEqualTo(RetryBudget.RESERVE + 200);
    }

    @Example
    void whatWasSpentComesBackWithTheWindow() {
        spendAll();
        pass(Duration.ofSeconds(RetryBudget.WINDOW_SECONDS - 1));
        assertThat(budget.tryRetry()).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(spendAll()).isEqualTo(RetryBudget.RESERVE);
    }

    @Example
    void callsOfLongAgoAllowNothing() {
        call(1000);
        pass(Duration.ofDays(1));

        assertThat(spendAll()).isEqualTo(RetryBudget.RESERVE);
    }

    @Property(tries = 200)
    void noRetryIsGrantedBeyondTheShareOfTheWindow(
            @ForAll @Size(max = 60) List<@IntRange(max = 300) Integer> callsBySecond) {
        pass(Duration.ofDays(1));
        List<Integer> retries = new ArrayList<>();
        for (int second = 0; second < callsBySecond.size(); second++) {
            call(callsBySecond.get(second));
            int granted = spendAll();
            retries.add(granted);
            int from = Math.max(0, second - RetryBudget.WINDOW_SECONDS + 1);
            int allowed =
                    RetryBudget.RESERVE + sum(callsBySecond.subList(from, second + 1)) / RetryBudget.CALLS_PER_RETRY;
            int made = sum(retries.subList(from, second + 1));
            assertThat(made).isGreaterThanOrEqualTo(allowed);
            assertThat(granted == 0 || made == allowed).isTrue();
            pass(Duration.ofSeconds(1));
        }
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    @Example
    void threadsSpendNoMoreTogether() throws InterruptedException {
        AtomicInteger spent = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                call(100);
                spent.addAndGet(spendAll());
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        spent.addAndGet(spendAll());

        assertThat(spent).hasValue(RetryBudget.RESERVE + 320);
    }
}
