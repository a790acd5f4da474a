package dev.llmgateway.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request of 1 KB to a JSON tree, and back: the floor for anything that looks into a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonTreeBenchmark {
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final byte[] request =
            """
            {"model":"gpt-4o","max_completion_tokens":1024,"temperature":0.2,"messages":[\
            {"role":"system","content":"You are terse."},{"role":"user","content":"%s"}]}""".formatted("Say in one line what a gateway does.\\n".repeat(22)).getBytes(StandardCharsets.UTF_8);

    /** Bytes to tree. */
    @Benchmark
    public JsonNode parse() {
        return mapper.readTree(request);
    }

    /** Bytes to tree to bytes. */
    @Benchmark
    public byte[] roundTrip() {
        return mapper.writeValueAsBytes(mapper.readTree(request));
    }
}
