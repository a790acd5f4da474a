package dev.llmgateway.resilience.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.routing.CircuitState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CircuitBreakerTest {

    /** Near the end of the range, so that the ticks wrap around inside every test. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

    private CircuitPolicy policy = CircuitPolicy.DEFAULT;
    private final CircuitBreaker circuit = new CircuitBreaker(() -> policy, now::get);
    private final List<CircuitTransition> changes = new ArrayList<>();

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Permit enter() {
        return (Permit) circuit.enter(changes::add);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            enter().failed("status 503");
        }
    }

    private void assertRefused() {
        assertThat(circuit.enter()).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void opensAtTheThresholdAndRefusesAtOnce() {
        fail(4);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(circuit.enter()).isEqualTo(new Admission.Refused(Duration.ofSeconds(30), "failed 5 times in 60 s"));
        assertThat(changes)
                .containsExactly(new CircuitTransition(
                        CircuitState.CLOSED, CircuitState.OPEN, "failed 5 times in 60 s (status 503)"));
    }

    @Test
    void theWindowSlides() {
        fail(1);
        pass(30);
        fail(3);
        pass(30);
        fail(1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.snapshot().failures()).isEqualTo(4);

        fail(1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void successesDoNotForgiveFailures() {
        fail(4);
        enter().succeeded();
        fail(1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aProbeThatSucceedsClosesItAndForgetsTheFailures() {
        fail(5);
        pass(30);
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);

        Permit probe = enter();
        assertRefused();
        probe.succeeded();

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.snapshot().failures()).isZero();
        assertThat(changes)
                .extracting(CircuitTransition::to)
                .containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
        fail(4);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatFailsOpensItAgainForTheWholeTime() {
        fail(5);
        pass(31);
        enter().failed("no connection");

        assertThat(circuit.enter())
                .isEqualTo(new Admission.Refused(Duration.ofSeconds(30), "failed again when it was tried"));
        pass(29);
        assertRefused();
        pass(1);
        enter().succeeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeWithoutAVerdictGivesItsPlaceBack() {
        fail(5);
        pass(30);
        enter().close();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);

        Permit second = enter();
        assertRefused();
        second.close();
        second.close();
        Permit third = enter();
        assertRefused();
        third.succeeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatTakesLongerThanTheCircuitIsOpenMakesRoomForAnother() {
        fail(5);
        pass(30);
        Permit slow = enter();
        pass(29);
        assertRefused();
        pass(1);
        Permit other = enter();
        assertRefused();

        slow.close();
        assertRefused();
        other.succeeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void onlyTheFirstVerdictOfACallCounts() {
        policy = new CircuitPolicy(2, Duration.ofSeconds(60), Duration.ofSeconds(30), 1);
        Permit call = enter();
        call.failed("status 503");
        call.failed("status 503");
        call.close();
        assertThat(circuit.snapshot().failures()).isOne();
    }

    @Test
    void lateFailuresOfCallsFromBeforeDoNotOpenWhatHasRecovered() {
        List<Permit> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(enter());
        }
        fail(5);
        slow.get(0).failed("a time-out");
        pass(30);
        Permit probe = enter();
        slow.get(1).failed("a time-out");
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);

        probe.succeeded();
        slow.forEach(call -> call.failed("a time-out"));
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(circuit.snapshot().failures()).isZero();
    }

    @Test
    void lateSuccessesOfCallsFromBeforeDoNotCloseIt() {
        policy = new CircuitPolicy(5, Duration.ofSeconds(60), Duration.ofSeconds(30), 2);
        Permit early = enter();
        fail(5);
        early.succeeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);

        pass(30);
        Permit first = enter();
        Permit second = enter();
        first.failed("status 500");
        second.succeeded();
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);

        pass(30);
        Permit third = enter();
        second.close();
        Permit fourth = enter();
        assertRefused();
        third.close();
        fourth.close();
    }

    @Test
    void aLateEndOfAnOldProbeFreesNoPlaceOfALaterPhase() {
        policy = new CircuitPolicy(1, Duration.ofSeconds(60), Duration.ofSeconds(30), 2);
        fail(1);
        pass(30);
        Permit old = enter();
        enter().failed("status 500");
        pass(30);
        enter();
        enter();
        old.close();
        assertRefused();
    }

    @Test
    void tellsWhatItIsLike() {
        assertThat(circuit.snapshot())
                .isEqualTo(new CircuitSnapshot(CircuitState.CLOSED, 0, 0, null, null, Duration.ZERO));
        fail(5);
        pass(12);
        assertThat(circuit.snapshot())
                .isEqualTo(new CircuitSnapshot(
                        CircuitState.OPEN, 5, 0, Duration.ofSeconds(12), "status 503", Duration.ofSeconds(18)));
        pass(18);
        enter();
        assertThat(circuit.snapshot())
                .isEqualTo(
                        new CircuitSnapshot(CircuitState.HALF_OPEN, 5, 1, Duration.ZERO, "status 503", Duration.ZERO));
    }

    @Test
    void wrapsAnyCallOfAnApplication() throws Exception {
        Callable<String> broken = () -> {
            throw new IOException("down");
        };
        assertThat(circuit.<String>call(() -> "fine")).isEqualTo("fine");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> circuit.call(broken)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> circuit.<String>call(() -> "not called"))
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)))
                .hasMessage("the call was not made: what it calls failed 5 times in 60 s");
        pass(30);
        assertThat(circuit.<String>call(() -> "again")).isEqualTo("again");
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void exceptionsThatSpeakAgainstTheCallDoNotCount() {
        policy = new CircuitPolicy(1, Duration.ofSeconds(60), Duration.ofSeconds(30), 1);
        Callable<String> wrong = () -> {
            throw new IllegalArgumentException("the request is wrong");
        };
        Callable<String> interrupted = () -> {
            throw new InterruptedException();
        };
        assertThatThrownBy(() -> circuit.call(wrong, e -> e instanceof IOException))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> circuit.call(interrupted)).isInstanceOf(InterruptedException.class);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aHighThresholdIsCountedExactly() {
        policy = new CircuitPolicy(CircuitPolicy.MOST, Duration.ofSeconds(60), Duration.ofSeconds(30), 1);
        fail(CircuitPolicy.MOST - 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        fail(1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    /** Each of 32 threads enters as often as it can; the number of probes out at a time is counted by themselves. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void neverMoreProbesThanAllowed(int most) throws Exception {
        policy = new CircuitPolicy(5, Duration.ofSeconds(60), Duration.ofSeconds(30), most);
        fail(5);
        pass(30);
        AtomicInteger out = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                ends.add(threads.submit(() -> {
                    go.await();
                    for (int call = 0; call < 2_000; call++) {
                        if (circuit.enter() instanceof Permit probe) {
                            highest.accumulateAndGet(out.incrementAndGet(), Math::max);
                            probes.incrementAndGet();
                            Thread.yield();
                            out.decrementAndGet();
                            probe.close();
                        }
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(highest.get()).isBetween(1, most);
        assertThat(probes.get()).isGreaterThan(32);
        assertThat(circuit.snapshot().probes()).isZero();
    }

    @Test
    void policiesSayTheirRanges() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new CircuitPolicy(0, minute, minute, 1))
                .hasMessage("the failure threshold is 0: it must be 1 to 10000");
        assertThatThrownBy(() -> new CircuitPolicy(5, Duration.ZERO, minute, 1))
                .hasMessage("the failure window is PT0S: it must be longer than zero and at most a day");
        assertThatThrownBy(() -> new CircuitPolicy(5, minute, Duration.ofDays(2), 1))
                .hasMessage("the open duration is PT48H: it must be longer than zero and at most a day");
        assertThatThrownBy(() -> new CircuitPolicy(5, minute, minute, 10_001))
                .hasMessage("the number of probes at a time is 10001: it must be 1 to 10000");
    }
}
