package dev.llmgateway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feature costs: the gateway with it beside the gateway without. No two requests are equal, so that every one is a miss
 * that a cache stores. The stages around a call (virtual keys, limits, quotas, cache and hedging) are measured a second time with an
 * idempotency key in every request. Circuit breakers are on everywhere: they cannot be switched off.
 */
record StagesScenario(String name, Workload workload, Feature feature) implements Scenario {
    private static final int CONNECTIONS = 32;
    private static final Duration WARM_SLICE = Duration.ofSeconds(3);

    /** A gateway and what it is asked. */
    private record Side(Lane lane, Workload workload, List<Double> micros) {

        void measure(Lab lab) throws IOException {
            long before = lane.contender().cpuMicros();
            LoadResult result =
                    lab.load(lane, workload, CONNECTIONS, lab.options().roundTime());
            long units = result.answered() * Math.max(1, workload.events());
            micros.add(units == 0 ? Double.NaN : (double) (lane.contender().cpuMicros() - before) / units);
        }
    }

    /** Its gateways are its own, and warmed up by itself. */
    @Override
    public List<Workload> warmupWorkloads() {
        return List.of();
    }

    @Override
    public void run(Lab lab) throws IOException {
        if (!lab.kinds().contains(Kind.GATEWAY)) {
            return;
        }
        lab.say(name);
        try (Contender off = lab.launch(feature.without(), true);
                Contender on = lab.launch(feature.with(), true)) {
            Side without = side(off, Sameness.DISTINCT);
            compare(lab, feature.label(), feature.limit(), without, side(on, Sameness.DISTINCT));
            if (feature == Feature.STAGES) {
                Side keyed = side(on, Sameness.DISTINCT_WITH_KEYS);
                compare(lab, "all on, with keys", null, side(off, Sameness.DISTINCT), keyed);
            }
        }
    }

    private void compare(Lab lab, String contender, @Nullable Double limit, Side without, Side with)
            throws IOException {
        warmUp(lab, List.of(without, with));
        for (int round = 0; round < lab.options().rounds(); round++) {
            (round % 2 == 0 ? without : with).measure(lab);
            (round % 2 == 0 ? with : without).measure(lab);
        }
        report(lab, contender, limit, without, with);
    }

    private Side side(Contender contender, Sameness sameness) {
        return new Side(new Lane(contender, workload.dialect(), false), workload.with(sameness), new ArrayList<>());
    }

    private static void warmUp(Lab lab, List<Side> sides) {
        lab.say("  warming up both for " + lab.options().warmup().toSeconds() + " s each");
        for (Side side : sides) {
            long end = System.nanoTime() + lab.options().warmup().toNanos();
            while (System.nanoTime() < end) {
                lab.load(side.lane, side.workload, CONNECTIONS, WARM_SLICE);
            }
        }
    }

    private void report(Lab lab, String contender, @Nullable Double limit, Side without, Side with) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < with.micros.size(); round++) {
            ratios.add(with.micros.get(round) / without.micros.get(round));
        }
        double ratio = Percentiles.of(ratios).median();
        String figure = workload.events() > 0 ? "CPU us/event" : "CPU us/request";
        lab.add(Row.of(name, "all off", figure, Percentiles.of(without.micros), "", ""));
        lab.add(Row.of(
                name,
                contender,
                figure,
                Percentiles.of(with.micros),
                limit == null ? "" : Row.atMost(limit, " x all off", ratio),
                "%.3f x all off".formatted(ratio)));
    }
}
