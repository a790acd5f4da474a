package dev.llmgateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.resilience.circuit.CircuitOpenException;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ResilientTest {

    private static final RetryPolicy THREE =
            RetryPolicy.DEFAULT.withMaxAttempts(3).withDelays(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final AtomicLong now = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private int calls;

    private Resilient.Builder builder() {
        return Resilient.builder("mail server").retry(THREE).time(now::get, pause -> {
            pauses.add(pause);
            now.addAndGet(pause.toNanos());
        });
    }

    /** Fails so many times, and then says how often it was called. */
    private Callable<Integer> failing(int times, Exception failure) {
        return () -> {
            if (++calls <= times) {
                throw failure;
            }
            return calls;
        };
    }

    @Test
    void triesAgainAfterFailuresThatMayPass() throws Exception {
        assertThat(builder().build().call(failing(2, new IOException("reset")))).isEqualTo(3);
        assertThat(pauses)
                .hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isBetween(THREE.baseDelay(), THREE.maxDelay()));
    }

    @Test
    void throwsWhatTheLastTryThrew() {
        assertThatThrownBy(() -> builder().build().call(failing(9, new IOException("reset"))))
                .isInstanceOf(IOException.class)
                .hasMessage("reset");
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void doesNotRepeatWhatIsTheCallersFault() {
        assertThatThrownBy(() -> builder().build().call(failing(9, new IllegalArgumentException("no address"))))
                .hasMessage("no address");
        assertThat(calls).isOne();
    }

    @Test
    void theApplicationSaysWhatIsAFailure() throws Exception {
        Resilient resilient =
                builder().failures(IllegalStateException.class::isInstance).build();

        assertThat(resilient.call(failing(1, new IllegalStateException("busy"))))
                .isEqualTo(2);
        assertThatThrownBy(() -> resilient.call(failing(9, new IOException("reset"))))
                .hasMessage("reset");
    }

    @Test
    void leavesAloneWhatKeepsFailing() {
        Resilient resilient = builder()
                .circuit(new CircuitPolicy(2, Duration.ofMinutes(1), Duration.ofSeconds(30), 1))
                .build();

        assertThatExceptionOfType(CircuitOpenException.class)
                .isThrownBy(() -> resilient.call(failing(9, new IOException("reset"))));
        assertThat(calls).as("the third try met an open circuit").isEqualTo(2);
        assertThatExceptionOfType(CircuitOpenException.class)
                .isThrownBy(() -> resilient.call(failing(0, new IOException())));
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void theCallersFaultDoesNotOpenTheCircuit() {
        Resilient resilient = builder()
                .circuit(new CircuitPolicy(1, Duration.ofMinutes(1), Duration.ofSeconds(30), 1))
                .build();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> resilient.call(failing(9, new IllegalArgumentException("no address"))))
                    .hasMessage("no address");
        }
    }

    @Test
    void doesNotWaitLongerThanThereIsTime() {
        Resilient resilient = builder().timeout(Duration.ofMillis(50)).build();

        assertThatThrownBy(() -> resilient.call(failing(9, new IOException("reset"))))
                .hasMessage("reset");
        assertThat(pauses).isEmpty();
    }

    @Test
    void interruptsWorkThatTakesTooLongAndCountsItAsAFailure() {
        Resilient resilient = Resilient.builder("mail server")
                .retry(THREE)
                .circuit(new CircuitPolicy(1, Duration.ofMinutes(1), Duration.ofSeconds(30), 1))
                .timeout(Duration.ofMillis(50))
                .build();

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> resilient.call(() -> {
                    calls++;
                    new CountDownLatch(1).await();
                    return "never";
                }))
                .withMessage("mail server: not done within 50 ms");
        assertThat(calls).isOne();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> resilient.call(() -> "now"));
    }

    @Test
    void anInterruptFromElsewhereStaysOne() {
        Resilient resilient = builder().timeout(Duration.ofMinutes(1)).build();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> resilient.call(() -> {
                    Thread.currentThread().interrupt();
                    new CountDownLatch(1).await();
                    return "never";
                }));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aLimitMustBeLongerThanZero() {
        assertThatThrownBy(() -> Resilient.builder("x").timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than zero");
    }
}
