package dev.llmgateway.resilience.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.routing.CircuitState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens in whatever order, the circuit does what a model does that is too simple to be wrong. */
final class CircuitBreakerLawsTest {

    private enum What {
        ENTER,
        SUCCEED,
        FAIL,
        END,
        WAIT
    }

    /**
     * A step.
     *
     * @param number which of the calls that were made, or how many seconds
     */
    private record Step(What what, int number) {}

    /** In seconds, with all failures in a list and all calls in another. */
    private static final class Model {
        private final CircuitPolicy policy;
        private final List<Long> failures = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();
        private CircuitState state = CircuitState.CLOSED;
        private int phase;
        private long changedAt;
        private long now;

        private static final class Call {
            final int phase;
            final long since;
            boolean isOver;
            boolean holdsAPlace;

            Call(int phase, long since, boolean holdsAPlace) {
                this.phase = phase;
                this.since = since;
                this.holdsAPlace = holdsAPlace;
            }
        }

        Model(CircuitPolicy policy) {
            this.policy = policy;
        }

        boolean enter() {
            if (state == CircuitState.OPEN
                    && now - changedAt >= policy.openDuration().toSeconds()) {
                change(CircuitState.HALF_OPEN);
            }
            if (state == CircuitState.OPEN) {
                return false;
            }
            if (state == CircuitState.HALF_OPEN && !hasRoom()) {
                return false;
            }
            calls.add(new Call(phase, now, state == CircuitState.HALF_OPEN));
            return true;
        }

        private boolean hasRoom() {
            List<Call> probes = calls.stream()
                    .filter(call -> call.phase == phase && call.holdsAPlace)
                    .toList();
            if (probes.size() < policy.halfOpenMaxConcurrent()) {
                return true;
            }
            Call oldest = probes.get(0);
            if (now - oldest.since < policy.openDuration().toSeconds()) {
                return false;
            }
            oldest.holdsAPlace = false;
            return true;
        }

        void end(Call call, What verdict) {
            if (call.isOver) {
                return;
            }
            call.isOver = true;
            call.holdsAPlace = false;
            if (call.phase != phase || verdict == What.END) {
                return;
            }
            if (verdict == What.FAIL) {
                failures.add(now);
            }
            if (state == CircuitState.HALF_OPEN) {
                change(verdict == What.FAIL ? CircuitState.OPEN : CircuitState.CLOSED);
            } else if (inWindow() >= policy.failureThreshold()) {
                change(CircuitState.OPEN);
            }
        }

        long inWindow() {
            return failures.stream()
                    .filter(at -> now - at < policy.failureWindow().toSeconds())
                    .count();
        }

        private void change(CircuitState to) {
            state = to;
            changedAt = now;
            phase++;
            if (to == CircuitState.CLOSED) {
                failures.clear();
            }
        }

        CircuitState shown() {
            return state == CircuitState.OPEN
                            && now - changedAt >= policy.openDuration().toSeconds()
                    ? CircuitState.HALF_OPEN
                    : state;
        }
    }

    @Provide
    Arbitrary<CircuitPolicy> policies() {
        Arbitrary<Duration> seconds = Arbitraries.integers().between(1, 30).map(Duration::ofSeconds);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        seconds,
                        seconds,
                        Arbitraries.integers().between(1, 3))
                .as(CircuitPolicy::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> whats = Arbitraries.of(
                What.ENTER, What.ENTER, What.ENTER, What.FAIL, What.FAIL, What.FAIL, What.SUCCEED, What.END, What.WAIT);
        return Combinators.combine(whats, Arbitraries.integers().between(0, 12))
                .as(Step::new)
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 2_000)
    void doesWhatTheModelDoes(@ForAll("policies") CircuitPolicy policy, @ForAll("steps") List<Step> steps) {
        long start = Long.MAX_VALUE - 50_000_000_000L;
        AtomicLong ticks = new AtomicLong(start);
        CircuitBreaker circuit = new CircuitBreaker(policy, ticks::get);
        Model model = new Model(policy);
        List<Permit> permits = new ArrayList<>();
        for (Step step : steps) {
            switch (step.what) {
                case WAIT -> {
                    model.now += step.number;
                    ticks.set(start + Duration.ofSeconds(model.now).toNanos());
                }
                case ENTER -> {
                    boolean mayEnter = circuit.refusal() == null;
                    Admission admission = circuit.enter();
                    assertThat(admission instanceof Permit)
                            .isEqualTo(model.enter())
                            .isEqualTo(mayEnter);
                    if (admission instanceof Permit permit) {
                        permits.add(permit);
                    }
                }
                case FAIL, SUCCEED, END -> end(step, permits, model);
            }
            assertThat(circuit.state()).isEqualTo(model.shown());
            assertThat(circuit.snapshot().failures())
                    .isEqualTo((int) Math.min(model.inWindow(), policy.failureThreshold()));
        }
    }

    /** Mostly the latest calls, at times a late one. */
    private static void end(Step step, List<Permit> permits, Model model) {
        int which = permits.size() - 1 - step.number;
        if (which < 0) {
            return;
        }
        switch (step.what) {
            case FAIL -> permits.get(which).failed("status 500");
            case SUCCEED -> permits.get(which).succeeded();
            case END, ENTER, WAIT -> permits.get(which).close();
        }
        model.end(model.calls.get(which), step.what);
    }
}
