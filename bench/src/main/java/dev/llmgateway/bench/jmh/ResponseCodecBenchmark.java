package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.ResponseFolder;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.codec.DialectCodec;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete answer of 1 KB on its whole way: the provider's bytes, the answer, its events, the answer again, the client's
 * bytes. Per answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResponseCodecBenchmark {
    /** The dialect of the provider. */
    @Param
    public Dialect dialect = Dialect.OPENAI_CHAT;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ChatRequest request =
            ChatRequest.builder(Samples.MODEL).user("").build();
    private DialectCodec codec = Samples.codec(dialect);
    private DialectCodec otherCodec = Samples.codec(dialect);
    private Target target = Samples.target(dialect);
    private byte[] body = {};

    @Setup
    public void setUp() {
        codec = Samples.codec(dialect);
        otherCodec = Samples.codec(Samples.other(dialect));
        target = Samples.target(dialect);
        body = Samples.answer(dialect);
    }

    /** The client speaks the provider's dialect. */
    @Benchmark
    public byte[] sameDialect() {
        return codec.encodeResponse(throughEvents(), request);
    }

    /** The client speaks the other dialect. */
    @Benchmark
    public byte[] translated() {
        return otherCodec.encodeResponse(throughEvents(), request);
    }

    /** The yardstick: the same bytes to a JSON tree, and back. */
    @Benchmark
    public byte[] jsonRoundTrip() {
        return mapper.writeValueAsBytes(mapper.readTree(body));
    }

    private ChatResponse throughEvents() {
        ResponseFolder folder = new ResponseFolder();
        for (ChatEvent event : ResponseUnfolder.unfold(codec.decodeResponse(body, target))) {
            folder.accept(event);
        }
        return folder.toResponse();
    }
}
