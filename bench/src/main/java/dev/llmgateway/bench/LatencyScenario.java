package dev.llmgateway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Latency at one connection, and what a contender adds to the direct connection's p99 of the same round. */
record LatencyScenario(Workload workload) implements Scenario {
    private static final double ADDED_LIMIT_MICROS = 1_000;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<Workload> warmupWorkloads() {
        return List.of(workload);
    }

    @Override
    public void run(Lab lab) throws IOException {
        lab.say(name());
        List<Lane> lanes = lab.lanes(workload.dialect()).stream()
                .filter(lane -> !lane.translated())
                .toList();
        Map<String, Rounds> rounds = new LinkedHashMap<>();
        for (int round = 0; round < lab.options().rounds(); round++) {
            double direct = Double.NaN;
            for (Lane lane : lanes) {
                LoadResult result = lab.load(lane, workload, 1, lab.options().roundTime());
                double p99 = result.latencyMicros(99);
                direct = lane.contender().kind() == Kind.DIRECT ? p99 : direct;
                rounds.computeIfAbsent(lane.label(), unused -> new Rounds())
                        .add(result.latencyMicros(50), p99, p99 - direct);
            }
        }
        for (Lane lane : lanes) {
            report(lab, lane, rounds.getOrDefault(lane.label(), new Rounds()));
        }
    }

    private void report(Lab lab, Lane lane, Rounds rounds) {
        lab.add(Row.of(name(), lane.label(), "p50 us", Percentiles.of(rounds.p50), "", ""));
        lab.add(Row.of(name(), lane.label(), "p99 us", Percentiles.of(rounds.p99), "", ""));
        Percentiles added = Percentiles.of(rounds.added);
        if (lane.contender().kind() != Kind.DIRECT && !Double.isNaN(added.median())) {
            String verdict = lane.contender().kind() == Kind.GATEWAY
                    ? Row.atMost(ADDED_LIMIT_MICROS, " us", added.median())
                    : "";
            lab.add(Row.of(name(), lane.label(), "added p99 us", added, verdict, ""));
        }
    }

    private static final class Rounds {
        private final List<Double> p50 = new ArrayList<>();
        private final List<Double> p99 = new ArrayList<>();
        private final List<Double> added = new ArrayList<>();

        void add(double median, double tail, double more) {
            p50.add(median);
            p99.add(tail);
            added.add(more);
        }
    }
}
