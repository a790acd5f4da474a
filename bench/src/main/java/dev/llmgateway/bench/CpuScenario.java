package dev.llmgateway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of the contender's process per request, or per event of a stream, at 32 connections. The contenders take
 * turns within each round, forwards and backwards alternately; ratios are taken within a round and then their median, so
 * that a machine that drifts does not favour anyone.
 */
record CpuScenario(String name, Workload workload, Targets targets) implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public List<Workload> warmupWorkloads() {
        return List.of(workload);
    }

    @Override
    public void run(Lab lab) throws IOException {
        lab.say(name);
        List<Lane> lanes = lab.lanes(workload.dialect());
        Map<String, Samples> samples = new LinkedHashMap<>();
        lanes.forEach(lane -> samples.put(lane.label(), new Samples()));
        for (int round = 0; round < lab.options().rounds(); round++) {
            for (Lane lane : round % 2 == 0 ? lanes : lanes.reversed()) {
                // The direct connection has no CPU time of its own: once is enough to see the ceiling of the load.
                if (round == 0 || lane.contender().kind() != Kind.DIRECT) {
                    measure(lab, lane, samples.getOrDefault(lane.label(), new Samples()));
                }
            }
        }
        for (Lane lane : lanes) {
            lab.add(row(lane, samples));
        }
    }

    private void measure(Lab lab, Lane lane, Samples samples) throws IOException {
        long before = lane.contender().cpuMicros();
        LoadResult result = lab.load(lane, workload, CONNECTIONS, lab.options().roundTime());
        long used = lane.contender().cpuMicros() - before;
        long units = result.answered() * Math.max(1, workload.events());
        samples.micros.add(units == 0 ? Double.NaN : (double) used / units);
        samples.perSecond.add(result.requestsPerSecond());
        samples.failed += result.failed();
    }

    private Row row(Lane lane, Map<String, Samples> all) {
        Samples own = all.getOrDefault(lane.label(), new Samples());
        String figure = workload.events() > 0 ? "CPU us/event" : "CPU us/request";
        String note = "%.0f requests/s".formatted(Percentiles.of(own.perSecond).median())
                + (own.failed > 0 ? ", " + own.failed + " FAILED" : "");
        if (lane.contender().kind() == Kind.DIRECT) {
            return Row.of(name, lane.label(), figure, Percentiles.of(List.of()), "", note);
        }
        double timesBare = own.ratioTo(all.get(Kind.BARE.label()));
        double timesNginx = own.ratioTo(all.get(Kind.NGINX.label()));
        double timesOwn = own.ratioTo(all.get(Kind.GATEWAY.label()));
        Percentiles micros = Percentiles.of(own.micros);
        return new Row(
                name,
                lane.label(),
                figure,
                micros.min(),
                micros.median(),
                timesBare,
                timesNginx,
                targets.verdict(lane, timesBare, timesNginx, timesOwn),
                lane.translated() ? "%.2f x gateway, %s".formatted(timesOwn, note) : note);
    }

    /** The rounds of one lane. */
    private static final class Samples {
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> perSecond = new ArrayList<>();
        private long failed;

        double ratioTo(@Nullable Samples yardstick) {
            if (yardstick == null) {
                return Double.NaN;
            }
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < micros.size(); round++) {
                ratios.add(micros.get(round) / yardstick.micros.get(round));
            }
            return Percentiles.of(ratios).median();
        }
    }
}
