package dev.llmgateway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From starting the process to its first right answer to a proxied request, with all processors, as a server starts. */
record StartScenario() implements Scenario {
    private static final double LIMIT_SECONDS = 1.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Workload> warmupWorkloads() {
        return List.of();
    }

    @Override
    public void run(Lab lab) throws IOException {
        lab.say(name());
        for (Kind kind : lab.kinds()) {
            if (kind == Kind.DIRECT) {
                continue;
            }
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < lab.options().rounds(); round++) {
                long start = System.nanoTime();
                try (Contender contender = lab.launch(kind, false)) {
                    seconds.add((System.nanoTime() - start) / 1e9);
                }
            }
            Percentiles all = Percentiles.of(seconds);
            String verdict = kind == Kind.GATEWAY ? Row.atMost(LIMIT_SECONDS, " s", all.median()) : "";
            lab.add(Row.of(name(), kind.label(), "s to first answer", all, verdict, ""));
        }
    }
}
