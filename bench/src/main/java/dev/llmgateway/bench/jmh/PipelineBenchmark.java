package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.Stage;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the pipeline itself costs, around a provider that answers from memory at once. Per call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PipelineBenchmark {
    private final ChatRequest request =
            ChatRequest.builder("mock").user("Hello!").build();
    private Gateway gateway = Gateway.builder().provider(new CannedProvider()).build();

    /** Whether every stage holds an interceptor that only passes on and wraps the answer, and a listener is told. */
    @Param({"false", "true"})
    public boolean allStages;

    @Setup
    public void setUp() {
        Gateway.Builder builder = Gateway.builder().provider(new CannedProvider());
        if (allStages) {
            fill(builder);
        }
        gateway = builder.build();
    }

    @TearDown
    public void tearDown() {
        gateway.close();
    }

    /** An answer of six events, folded. */
    @Benchmark
    public ChatResponse chat() {
        return gateway.chat(request);
    }

    private static void fill(Gateway.Builder builder) {
        builder.interceptor((exchange, next) -> new PassOn(next.handle(exchange)));
        for (Stage stage : Stage.values()) {
            if (stage != Stage.USER) {
                builder.stage(stage, (exchange, next) -> new PassOn(next.handle(exchange)));
            }
        }
        for (AttemptStage stage : AttemptStage.values()) {
            builder.attemptStage(stage, (attempt, next) -> new PassOn(next.attempt(attempt)));
        }
        builder.listener(new GatewayListener() {});
    }

    private static final class PassOn extends ForwardingChatStream {
        PassOn(ChatStream delegate) {
            super(delegate);
        }
    }
}
