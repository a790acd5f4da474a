package dev.llmgateway.bench;

import java.io.IOException;
import java.util.List;

/** Resident memory of a process with a heap of 256 MB once it has answered 200,000 requests, those before included. */
record MemoryScenario(Workload workload) implements Scenario {
    private static final int CONNECTIONS = 32;
    private static final long REQUESTS = 200_000;
    private static final double LIMIT_MB = 400;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Workload> warmupWorkloads() {
        return List.of();
    }

    @Override
    public void run(Lab lab) throws IOException {
        lab.say(name());
        long requests = lab.options().quick() ? REQUESTS / 10 : REQUESTS;
        for (Lane lane : lab.lanes(workload.dialect())) {
            Contender contender = lane.contender();
            if (contender.kind() == Kind.DIRECT || lane.translated()) {
                continue;
            }
            if (contender.answered() < requests) {
                lab.load(lane, workload, CONNECTIONS, requests - contender.answered());
            }
            double megabytes = contender.residentBytes() / 1e6;
            String verdict = contender.kind() == Kind.GATEWAY ? Row.atMost(LIMIT_MB, " MB", megabytes) : "";
            lab.add(Row.of(
                    name(),
                    lane.label(),
                    "resident MB",
                    Percentiles.of(List.of(megabytes)),
                    verdict,
                    "after " + contender.answered() + " requests"));
        }
    }
}
