package dev.llmgateway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many paced streams at once, all begun together: none may be lost, cut short or reordered. How long they take shows
 * whether the contender kept the pace on its one processor; when it did not, the streams were slower, not wrong.
 */
record ConcurrentStreams(int streams, Workload workload) implements Scenario {
    private static final int MOST_ROUNDS = 2;

    @Override
    public String name() {
        return "streams-" + streams;
    }

    @Override
    public List<Workload> warmupWorkloads() {
        return List.of(workload);
    }

    @Override
    public void run(Lab lab) throws IOException {
        lab.say(name());
        for (Lane lane : lab.lanes(workload.dialect())) {
            List<Double> seconds = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            long lost = 0;
            int rounds = Math.min(MOST_ROUNDS, lab.options().rounds());
            for (int round = 0; round < rounds; round++) {
                long before = lane.contender().cpuMicros();
                LoadResult result = lab.load(lane, workload, streams, streams);
                long used = lane.contender().cpuMicros() - before;
                seconds.add(result.wallNanos() / 1e9);
                cpu.add((double) used / ((long) streams * workload.events()));
                lost += result.failed();
            }
            String events = rounds * streams * workload.events() + " events in " + rounds + " rounds";
            String verdict = lane.contender().kind() == Kind.GATEWAY ? "0 lost" + (lost == 0 ? " met" : " MISSED") : "";
            lab.add(Row.of(
                    name(), lane.label(), "s for all", Percentiles.of(seconds), verdict, lost + " lost, " + events));
            if (lane.contender().kind() != Kind.DIRECT) {
                lab.add(Row.of(name(), lane.label(), "CPU us/event", Percentiles.of(cpu), "", ""));
            }
        }
    }
}
