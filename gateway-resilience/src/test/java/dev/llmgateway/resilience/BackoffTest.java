package dev.llmgateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** How long a call waits between its tries. */
final class BackoffTest {

    private static final int TRIES = 30;

    @Property
    void jitterDrawsBetweenTheBaseAndThreeTimesTheWaitBefore(
            @ForAll @LongRange(max = 10_000) long baseMillis,
            @ForAll @LongRange(max = 100_000) long moreMillis,
            @ForAll long seed) {
        Duration base = Duration.ofMillis(baseMillis);
        Duration longest = base.plusMillis(moreMillis);
        Backoff backoff = new Backoff(RetryPolicy.DEFAULT.withDelays(base, longest), new Random(seed));
        Duration previous = base;
        for (int i = 0; i < TRIES; i++) {
            Duration wait = backoff.next();
            Duration most = previous.multipliedBy(3).compareTo(longest) < 0 ? previous.multipliedBy(3) : longest;
            assertThat(wait).isBetween(base, most);
            previous = wait;
        }
    }

    @Example
    void jitterReachesAllOfItsRange() {
        Duration base = Duration.ofMillis(100);
        RetryPolicy policy = RetryPolicy.DEFAULT.withDelays(base, Duration.ofSeconds(5));
        Random random = new Random(7);
        Set<Long> tenths = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            tenths.add(new Backoff(policy, random).next().minus(base).toMillis() / 20);
        }
        assertThat(tenths).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Example
    void withoutJitterTheWaitsDoubleUpToTheLongest() {
        RetryPolicy policy =
                new RetryPolicy(9, Duration.ofMillis(200), Duration.ofSeconds(1), false, Set.of(503), true);
        Backoff backoff = new Backoff(policy, new Random(1));

        assertThat(Stream.generate(backoff::next).limit(5).map(Duration::toMillis))
                .containsExactly(200L, 400L, 800L, 1000L, 1000L);
    }

    @Example
    void refusesPoliciesThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.DEFAULT.withMaxAttempts(0))
                .withMessage("max attempts is 0: the first try counts, so at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.DEFAULT.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("the base delay is PT2S");
    }
}
