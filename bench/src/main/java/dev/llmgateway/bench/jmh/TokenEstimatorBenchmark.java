package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.tokens.TokenEstimator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Estimating the tokens of a text of 1,024 characters, of the kinds that the estimator weighs differently. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenEstimatorBenchmark {
    private static final int LENGTH = 1024;

    /** What the text is. */
    public enum Kind {
        ENGLISH("The gateway stands between an application and its models, and passes every event on at once. "),
        JSON(
                "{\"id\": 4711, \"name\": \"get_weather\", \"arguments\": {\"city\": \"Zürich\", \"days\": [1, 2, 3]}},\n"),
        CJK("网关位于应用程序和模型之间，并立即传递每个事件。これはテストの文章です。");

        private final String sample;

        Kind(String sample) {
            this.sample = sample;
        }
    }

    @Param
    public Kind kind = Kind.ENGLISH;

    private String text = "";

    @Setup
    public void setUp() {
        text = kind.sample.repeat(LENGTH / kind.sample.length() + 1).substring(0, LENGTH);
    }

    @Benchmark
    public long estimate() {
        return TokenEstimator.estimate(text);
    }
}
