package dev.llmgateway.bench;

import java.io.IOException;
import java.util.List;

/** Resident memory of a fresh process with a heap of 256 MB once it has answered 200,000 requests. */
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
        for (Kind kind : lab.kinds()) {
            if (kind == Kind.DIRECT) {
                continue;
            }
            try (Contender fresh = lab.launch(kind, true)) {
                lab.load(new Lane(fresh, workload.dialect(), false), workload, CONNECTIONS, requests);
                lab.add(row(fresh));
            }
        }
    }

    private Row row(Contender contender) throws IOException {
        double megabytes = contender.residentBytes() / 1e6;
        return Row.of(
                name(),
                contender.kind().label(),
                "resident MB",
                Percentiles.of(List.of(megabytes)),
                contender.kind() == Kind.GATEWAY ? Row.atMost(LIMIT_MB, " MB", megabytes) : "",
                "after " + contender.answered() + " requests");
    }
}
