package dev.llmgateway.bench;

import java.io.IOException;
import java.util.List;

/** One thing that is measured on all contenders. */
sealed interface Scenario
        permits CpuScenario, LatencyScenario, ConcurrentStreams, MemoryScenario, StagesScenario, StartScenario {

    /** How the command line and the report call it. */
    String name();

    /** What is to be compiled before it is measured; empty when it does not matter. */
    List<Workload> warmupWorkloads();

    /** Measures, and adds its rows to the lab's report. */
    void run(Lab lab) throws IOException;

    /** All of them, in the order in which they run. */
    static List<Scenario> all() {
        return List.of(
                new StartScenario(),
                new CpuScenario(
                        "openai-1k", whole(Dialect.OPENAI, 1 << 10, 1 << 10), new Targets(1.35, 9, 1.7, Double.NaN)),
                new CpuScenario("openai-100k", whole(Dialect.OPENAI, 100 << 10, 1 << 10), Targets.NONE),
                new CpuScenario("openai-stream", stream(Dialect.OPENAI, 200, 0), new Targets(1.3, Double.NaN, 1.3, 2)),
                new CpuScenario(
                        "openai-stream-paced", stream(Dialect.OPENAI, 200, 5), new Targets(1.3, Double.NaN, 1.3, 2)),
                new CpuScenario(
                        "anthropic-1k",
                        whole(Dialect.ANTHROPIC, 1 << 10, 1 << 10),
                        new Targets(1.35, 9, 1.7, Double.NaN)),
                new CpuScenario("anthropic-100k", whole(Dialect.ANTHROPIC, 100 << 10, 1 << 10), Targets.NONE),
                new CpuScenario(
                        "anthropic-stream", stream(Dialect.ANTHROPIC, 200, 0), new Targets(1.3, Double.NaN, 1.3, 2)),
                new CpuScenario("responses-1k", whole(Dialect.RESPONSES, 1 << 10, 1 << 10), Targets.NONE),
                new CpuScenario("responses-stream", stream(Dialect.RESPONSES, 200, 0), Targets.TRANSLATED_STREAM),
                new LatencyScenario(whole(Dialect.OPENAI, 1 << 10, 1 << 10)),
                new ConcurrentStreams(512, stream(Dialect.OPENAI, 64, 20)),
                new ConcurrentStreams(1000, stream(Dialect.OPENAI, 64, 20)),
                new StagesScenario("stages-1k", whole(Dialect.OPENAI, 1 << 10, 1 << 10), Feature.STAGES),
                new StagesScenario("stages-stream", stream(Dialect.OPENAI, 200, 0), Feature.STAGES),
                new StagesScenario("compliance-1k", whole(Dialect.OPENAI, 1 << 10, 1 << 10), Feature.COMPLIANCE),
                new StagesScenario("compliance-stream", stream(Dialect.OPENAI, 200, 0), Feature.COMPLIANCE),
                new StagesScenario("records-1k", whole(Dialect.OPENAI, 1 << 10, 1 << 10), Feature.RECORDS),
                new StagesScenario("records-stream", stream(Dialect.OPENAI, 200, 0), Feature.RECORDS),
                new MemoryScenario(whole(Dialect.OPENAI, 1 << 10, 1 << 10)));
    }

    private static Workload whole(Dialect dialect, int requestBytes, int answerBytes) {
        return new Workload(dialect, requestBytes, new Answer.Whole(answerBytes));
    }

    private static Workload stream(Dialect dialect, int events, int paceMillis) {
        return new Workload(dialect, 1 << 10, new Answer.Events(events, paceMillis));
    }
}
