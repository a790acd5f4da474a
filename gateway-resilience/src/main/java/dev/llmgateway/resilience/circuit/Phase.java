package dev.llmgateway.resilience.circuit;

import dev.llmgateway.api.routing.CircuitState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The time between two changes of a circuit. Each has an object of its own, so that calls know in which one they began. */
sealed interface Phase {

    CircuitState state();

    /** Calls are made. */
    final class Closed implements Phase {

        @Override
        public CircuitState state() {
            return CircuitState.CLOSED;
        }
    }

    /** No calls are made for a while. */
    final class Open implements Phase {
        private final long since;
        private final long nanos;
        private final String sentence;

        Open(long since, Duration duration, String sentence) {
            this.since = since;
            this.nanos = duration.toNanos();
            this.sentence = sentence;
        }

        /** Zero or less when it is time to try. */
        long nanosLeft(long now) {
            return nanos - (now - since);
        }

        String sentence() {
            return sentence;
        }

        @Override
        public CircuitState state() {
            return CircuitState.OPEN;
        }
    }

    /**
     * A few calls try. One that has no verdict after {@code patience} gives its place to another, so that a reader who
     * takes his time, or never closes his call, does not keep the circuit from closing; its verdict counts all the same.
     * Guarded by the circuit's lock.
     */
    final class HalfOpen implements Phase {

        private record Probe(Permit permit, long since) {}

        private final int most;
        private final long patience;
        private final String sentence;
        private final Deque<Probe> probes = new ArrayDeque<>(1);

        HalfOpen(int most, Duration patience, String sentence) {
            this.most = most;
            this.patience = patience.toNanos();
            this.sentence = sentence;
        }

        boolean hasRoom(long now) {
            Probe oldest = probes.peek();
            return probes.size() < most || (oldest != null && now - oldest.since >= patience);
        }

        void lend(Permit permit, long now) {
            if (probes.size() == most) {
                probes.remove();
            }
            probes.add(new Probe(permit, now));
        }

        void giveBack(Permit permit) {
            probes.removeIf(probe -> probe.permit == permit);
        }

        int out() {
            return probes.size();
        }

        String sentence() {
            return sentence;
        }

        @Override
        public CircuitState state() {
            return CircuitState.HALF_OPEN;
        }
    }
}
