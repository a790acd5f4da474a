package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EncodedRequest;
import dev.llmgateway.ir.codec.Target;
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

/** A request: what a client's bytes cost to read, and to write for a provider. Per request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RequestCodecBenchmark {
    /** The dialect of the client. */
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect client = Dialect.OPENAI_CHAT;

    /** The dialect of the provider. */
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect provider = Dialect.OPENAI_CHAT;

    /** Bytes of the request. */
    @Param({"1000", "100000"})
    public int size;

    private DialectCodec ofClient = Samples.codec(client);
    private DialectCodec ofProvider = Samples.codec(provider);
    private Target target = Samples.target(provider);
    private byte[] body = {};
    private ChatRequest request = ChatRequest.builder(Samples.MODEL).user("").build();

    @Setup
    public void setUp() {
        ofClient = Samples.codec(client);
        ofProvider = Samples.codec(provider);
        target = Samples.target(provider);
        body = Samples.request(client, "provider/" + Samples.MODEL, size);
        request = ofClient.decodeRequest(body);
    }

    /** Bytes to request. */
    @Benchmark
    public ChatRequest decode() {
        return ofClient.decodeRequest(body);
    }

    /** To the same dialect: the client's bytes, the model spliced; to another: everything written anew. */
    @Benchmark
    public EncodedRequest encode() {
        return ofProvider.encodeRequest(request, target);
    }
}
