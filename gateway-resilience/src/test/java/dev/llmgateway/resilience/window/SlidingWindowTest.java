package dev.llmgateway.resilience.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What fits into a minute, on ticks that wrap around inside every test. */
final class SlidingWindowTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = Long.MAX_VALUE - SECOND / 2;

    private final SlidingWindow window = new SlidingWindow(10, MINUTE, 60, now);

    /** What was added, and when. */
    private record Added(long at, long amount) {}

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Example
    void addsUpToTheLimitAndAllOrNothing() {
        assertThat(window.tryAdd(7, now)).isTrue();
        assertThat(window.tryAdd(4, now)).isFalse();
        assertThat(window.tryAdd(3, now)).isTrue();
        assertThat(window.tryAdd(1, now)).isFalse();
        assertThat(window.used(now)).isEqualTo(10);
        assertThat(window.remaining(now)).isZero();
    }

    @Example
    void forgetsWhatIsOlderThanTheWindowOneBucketLaterAtMost() {
        window.tryAdd(10, now);
        pass(MINUTE);
        assertThat(window.used(now)).isEqualTo(10);
        pass(Duration.ofSeconds(1));
        assertThat(window.used(now)).isZero();
    }

    @Example
    void saysWhenEnoughIsFree() {
        window.tryAdd(4, now);
        pass(Duration.ofSeconds(30));
        window.tryAdd(6, now);

        assertThat(window.untilFree(0, now)).isZero();
        assertThat(window.untilFree(4, now)).isEqualTo(Duration.ofSeconds(31));
        assertThat(window.untilFree(5, now)).isEqualTo(Duration.ofSeconds(61));
        assertThat(window.untilFree(11, now)).isEqualTo(Duration.ofSeconds(61));

        pass(Duration.ofSeconds(31));
        assertThat(window.tryAdd(4, now)).isTrue();
    }

    @Example
    void takesBackWhatWasNotUsed() {
        window.tryAdd(10, now);
        long reserved = now;
        pass(Duration.ofSeconds(20));
        window.adjust(-4, reserved);
        assertThat(window.used(now)).isEqualTo(6);

        window.adjust(-100, reserved);
        assertThat(window.used(now)).isZero();
    }

    @Example
    void takesNothingBackOfWhatIsForgotten() {
        window.tryAdd(10, now);
        long reserved = now;
        pass(Duration.ofSeconds(90));
        window.tryAdd(5, now);
        window.adjust(-10, reserved);
        assertThat(window.used(now)).isEqualTo(5);
    }

    @Example
    void countsMoreThanFitsWhenItWasUsedAlready() {
        window.tryAdd(10, now);
        window.adjust(15, now);
        assertThat(window.used(now)).isEqualTo(25);
        assertThat(window.remaining(now)).isZero();
        assertThat(window.untilFree(1, now)).isEqualTo(Duration.ofSeconds(61));
    }

    @Example
    void goesOnInACopyUnderAnotherLimit() {
        window.tryAdd(10, now);
        SlidingWindow copy = window.copy();
        copy.limit(12);
        assertThat(copy.tryAdd(2, now)).isTrue();
        assertThat(window.used(now)).isEqualTo(10);
    }

    @Example
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlidingWindow(0, MINUTE, 60, 0))
                .withMessageContaining("a limit of 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SlidingWindow(1, MINUTE, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> window.limit(0)).withMessageContaining("a limit of 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SlidingWindow(1, Duration.ofNanos(1), 2, 0));
    }

    /** Ticks may go back a little, as when threads read the clock before they wait for a lock; they count as the latest. */
    @Property(tries = 500)
    void neverAddsMoreThanTheLimitInAnyIntervalOfItsLength(
            @ForAll @IntRange(min = 1, max = 7) int buckets,
            @ForAll @Size(max = 120) List<@LongRange(min = -20, max = 400) Long> pauses,
            @ForAll @Size(min = 1, max = 20) List<@LongRange(max = 12) Long> amounts) {
        Duration length = Duration.ofNanos(1000);
        SlidingWindow small = new SlidingWindow(10, length, buckets, now);
        List<Added> added = new ArrayList<>();
        long latest = now;
        for (int i = 0; i < pauses.size(); i++) {
            now += pauses.get(i);
            latest = now - latest > 0 ? now : latest;
            long amount = amounts.get(i % amounts.size());
            if (small.tryAdd(amount, now)) {
                added.add(new Added(latest, amount));
            } else {
                assertThat(amount).isGreaterThan(small.remaining(now));
            }
        }
        for (Added first : added) {
            assertThat(sum(added, first.at(), length)).isLessThanOrEqualTo(10);
        }
    }

    private static long sum(List<Added> added, long from, Duration length) {
        return added.stream()
                .filter(it -> it.at() - from >= 0 && it.at() - from <= length.toNanos())
                .mapToLong(Added::amount)
                .sum();
    }

    @Property(tries = 500)
    void tellsTheMomentFromWhichAnAmountFits(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(max = 300) Long> pauses,
            @ForAll @LongRange(min = 1, max = 10) long amount) {
        SlidingWindow small = new SlidingWindow(10, Duration.ofNanos(1000), 5, now);
        for (long pause : pauses) {
            now += pause;
            small.tryAdd(3, now);
        }
        long wait = small.untilFree(amount, now).toNanos();

        assertThat(wait == 0).isEqualTo(small.fits(amount, now));
        if (wait > 0) {
            assertThat(small.copy().fits(amount, now + wait - 1)).isFalse();
        }
        assertThat(small.fits(amount, now + wait)).isTrue();
    }

    @Property(tries = 200)
    void neverHoldsLessThanNothingAndForgetsAll(
            @ForAll @Size(max = 60) List<@LongRange(max = 400) Long> pauses,
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = -12, max = 12) Long> corrections) {
        SlidingWindow small = new SlidingWindow(10, Duration.ofNanos(1000), 5, now);
        for (int i = 0; i < pauses.size(); i++) {
            long before = now;
            small.tryAdd(4, before);
            now += pauses.get(i);
            small.adjust(corrections.get(i % corrections.size()), before);
            assertThat(small.used(now)).isNotNegative();
        }
        assertThat(small.used(now + 1200)).isZero();
    }
}
