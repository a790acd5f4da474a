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
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect provider = Dialect.OPENAI_CHAT;

    /** The dialect of the client. */
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect client = Dialect.OPENAI_CHAT;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ChatRequest request =
            ChatRequest.builder(Samples.MODEL).user("").build();
    private DialectCodec ofProvider = Samples.codec(provider);
    private DialectCodec ofClient = Samples.codec(client);
    private Target target = Samples.target(provider);
    private byte[] body = {};

    @Setup
    public void setUp() {
        ofProvider = Samples.codec(provider);
        ofClient = Samples.codec(client);
        target = Samples.target(provider);
        body = Samples.answer(provider);
    }

    /** On its whole way. */
    @Benchmark
    public byte[] answer() {
        return ofClient.encodeResponse(throughEvents(), request);
    }

    /** The yardstick: the same bytes to a JSON tree, and back. */
    @Benchmark
    public byte[] jsonRoundTrip() {
        return mapper.writeValueAsBytes(mapper.readTree(body));
    }

    private ChatResponse throughEvents() {
        ResponseFolder folder = new ResponseFolder();
        for (ChatEvent event : ResponseUnfolder.unfold(ofProvider.decodeResponse(body, target))) {
            folder.accept(event);
        }
        return folder.toResponse();
    }
}
