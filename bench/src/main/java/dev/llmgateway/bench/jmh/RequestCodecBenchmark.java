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
    @Param
    public Dialect dialect = Dialect.OPENAI_CHAT;

    /** Bytes of the request. */
    @Param({"1000", "100000"})
    public int size;

    private DialectCodec codec = Samples.codec(dialect);
    private DialectCodec otherCodec = Samples.codec(dialect);
    private Target target = Samples.target(dialect);
    private Target otherTarget = Samples.target(dialect);
    private byte[] body = {};
    private ChatRequest request = ChatRequest.builder(Samples.MODEL).user("").build();

    @Setup
    public void setUp() {
        Dialect other = Samples.other(dialect);
        codec = Samples.codec(dialect);
        otherCodec = Samples.codec(other);
        target = Samples.target(dialect);
        otherTarget = Samples.target(other);
        body = Samples.request(dialect, "provider/" + Samples.MODEL, size);
        request = codec.decodeRequest(body);
    }

    /** Bytes to request. */
    @Benchmark
    public ChatRequest decode() {
        return codec.decodeRequest(body);
    }

    /** To the same dialect: the client's bytes, the model spliced. */
    @Benchmark
    public EncodedRequest encodeSpliced() {
        return codec.encodeRequest(request, target);
    }

    /** To the other dialect: everything written anew. */
    @Benchmark
    public EncodedRequest encodeTranslated() {
        return otherCodec.encodeRequest(request, otherTarget);
    }
}
