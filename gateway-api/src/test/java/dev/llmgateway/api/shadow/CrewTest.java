package dev.llmgateway.api.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrewTest {

    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    private void waitAtTheGate() {
        try {
            gate.await();
            done.incrementAndGet();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesNoMoreThanItHasRoomForAndNeverWaits() throws InterruptedException {
        Crew crew = new Crew(2, 3);
        for (int i = 0; i < 5; i++) {
            assertThat(crew.take(this::waitAtTheGate)).isTrue();
        }
        assertThat(crew.take(this::waitAtTheGate)).isFalse();

        gate.countDown();
        crew.awaitIdle();

        assertThat(done).hasValue(5);
        assertThat(crew.take(done::incrementAndGet)).isTrue();
        crew.awaitIdle();
        assertThat(done).hasValue(6);
    }

    @Test
    void forgetsWhatWaitsWhenItIsClosed() throws InterruptedException {
        Crew crew = new Crew(1, 3);
        crew.take(this::waitAtTheGate);
        crew.take(this::waitAtTheGate);
        crew.close();
        gate.countDown();
        crew.awaitIdle();

        assertThat(done).hasValueLessThanOrEqualTo(1);
        assertThat(crew.take(done::incrementAndGet)).isFalse();
    }
}
