package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.embeddings.OpenAiEmbeddingsCodec;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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

/** Sixteen vectors of 1,536 numbers, from the provider's bytes to the client's. Per answer; run it with {@code -prof gc}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EmbeddingsBenchmark {

    private static final int VECTORS = 16;
    private static final int DIMENSIONS = 1_536;

    /** The format of the provider's answer. */
    @Param({"float", "base64"})
    public String upstream = "float";

    /** The format that the client asked for. */
    @Param({"float", "base64"})
    public String wanted = "float";

    private final DialectCodec codec = new OpenAiEmbeddingsCodec();
    private final Target target = Samples.target(Dialect.OPENAI_EMBEDDINGS);
    private final JsonMapper mapper = JsonMapper.builder().build();
    private ChatRequest request = asking("float");
    private byte[] body = {};

    @Setup
    public void setUp() {
        request = asking(wanted);
        byte[] floats = floats();
        body = upstream.equals("float")
                ? floats
                : codec.encodeResponse(codec.decodeResponse(floats, target), asking("base64"));
    }

    private ChatRequest asking(String format) {
        String json = "{\"model\":\"mock\",\"input\":\"Hello\",\"encoding_format\":\"" + format + "\"}";
        return codec.decodeRequest(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] floats() {
        Random random = new Random(1);
        StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < VECTORS; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i);
            json.append(",\"embedding\":[");
            for (int j = 0; j < DIMENSIONS; j++) {
                json.append(j == 0 ? "" : ",").append((random.nextFloat() - 0.5f) / 10);
            }
            json.append("]}");
        }
        json.append("],\"model\":\"mock\",\"usage\":{\"prompt_tokens\":80,\"total_tokens\":80}}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The provider's bytes to packed numbers. */
    @Benchmark
    public ChatResponse decode() {
        return codec.decodeResponse(body, target);
    }

    /** The whole way. */
    @Benchmark
    public byte[] answer() {
        return codec.encodeResponse(codec.decodeResponse(body, target), request);
    }

    /** The yardstick: the same bytes to a JSON tree, and back. */
    @Benchmark
    public byte[] jsonRoundTrip() {
        return mapper.writeValueAsBytes(mapper.readTree(body));
    }
}
