package dev.llmgateway.bench.jmh;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.stage.ComplianceStage;
import dev.llmgateway.compliance.stage.GateStage;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the compliance stage costs around a provider that answers from memory at once, all kinds on: a call with a prompt of a
 * kilobyte, and an event of a stream.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ComplianceBenchmark {

    private static final int WORDS = 200;
    private static final ChatRequest REQUEST = ChatRequest.builder("mock")
            .user("All work and no play makes a long prompt. ".repeat(24))
            .build();

    /** What the stage does. */
    @Param({"off", "sanitize", "gate", "both"})
    public String compliance = "off";

    private Gateway whole = gateway(new CannedProvider());
    private Gateway streaming = gateway(new CannedProvider(WORDS));

    @Setup
    public void setUp() {
        whole = gateway(new CannedProvider());
        streaming = gateway(new CannedProvider(WORDS));
    }

    private Gateway gateway(Provider provider) {
        Gateway.Builder builder = Gateway.builder().provider(provider);
        if (compliance.equals("off")) {
            return builder.build();
        }
        Scanner scanner = Scanner.defaults();
        Actions actions = Actions.all(Action.REDACT);
        if (!compliance.equals("gate")) {
            builder.stage(
                    Stage.COMPLIANCE,
                    ComplianceStage.builder().sanitizeRequests(scanner, actions).build());
        }
        if (!compliance.equals("sanitize")) {
            builder.stage(Stage.GATE, GateStage.of(scanner, actions));
        }
        return builder.build();
    }

    @TearDown
    public void tearDown() {
        whole.close();
        streaming.close();
    }

    /** A prompt of a kilobyte, an answer of a word. */
    @Benchmark
    public ChatResponse call() {
        return whole.chat(REQUEST);
    }

    /** An event of a stream of words. */
    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int event() {
        int events = 0;
        try (ChatStream stream = streaming.stream(REQUEST)) {
            while (stream.next() != null) {
                events++;
            }
        }
        return events;
    }
}
