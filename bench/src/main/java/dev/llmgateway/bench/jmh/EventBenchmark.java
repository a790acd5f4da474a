package dev.llmgateway.bench.jmh;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream on its whole way: the provider's bytes, server-sent events, canonical events, the client's bytes. Per text
 * delta, over a stream of 200; the events that open and close the stream, and the codecs made for it, are shared out among
 * them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@OperationsPerInvocation(Samples.DELTAS)
public class EventBenchmark {
    private static final int MAX_EVENT_BYTES = 1 << 20;

    /** The dialect of the provider. */
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect provider = Dialect.OPENAI_CHAT;

    /** The dialect of the client. */
    @Param({"OPENAI_CHAT", "ANTHROPIC_MESSAGES", "OPENAI_RESPONSES"})
    public Dialect client = Dialect.OPENAI_CHAT;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Origin origin = new Origin("provider", Samples.MODEL, List.of());
    private DialectCodec ofProvider = Samples.codec(provider);
    private DialectCodec ofClient = Samples.codec(client);
    private Target target = Samples.target(provider);
    private byte[] stream = {};

    @Setup
    public void setUp() {
        ofProvider = Samples.codec(provider);
        ofClient = Samples.codec(client);
        target = Samples.target(provider);
        stream = Samples.stream(provider);
    }

    /** The client named the provider's model: where it speaks the provider's dialect, the bytes go out as they came. */
    @Benchmark
    public void sameModelName(Blackhole sink) throws IOException {
        pass(Samples.MODEL, sink);
    }

    /** The client named the model otherwise, and reads that name in every event that has one. */
    @Benchmark
    public void otherModelName(Blackhole sink) throws IOException {
        pass("alias", sink);
    }

    /** The yardstick: each event to a JSON tree, and back. */
    @Benchmark
    public void jsonRoundTrip(Blackhole sink) throws IOException {
        SseReader reader = reader();
        SseBuffer out = new SseBuffer();
        SseEvent event;
        while ((event = reader.next()) != null) {
            byte[] data = event.data();
            boolean json = data[0] == '{';
            out.event(event.name(), json ? mapper.writeValueAsBytes(mapper.readTree(data)) : data);
            drain(out, sink);
        }
    }

    private void pass(String model, Blackhole sink) throws IOException {
        ChatRequest request = ChatRequest.builder(model).user("").stream(true).build();
        SseReader reader = reader();
        EventDecoder decoder = ofProvider.eventDecoder(target);
        EventEncoder encoder = ofClient.eventEncoder(request);
        SseBuffer out = new SseBuffer();
        Consumer<ChatEvent> encode = event ->
                encoder.encode(event instanceof ChatEvent.Started start ? start.answeredBy(origin, 1) : event, out);
        SseEvent event;
        while ((event = reader.next()) != null) {
            decoder.decode(event, encode);
            drain(out, sink);
        }
        decoder.end(encode);
        encoder.finish(out);
        drain(out, sink);
    }

    private SseReader reader() {
        return new SseReader(new ByteArrayInputStream(stream), MAX_EVENT_BYTES);
    }

    private static void drain(SseBuffer out, Blackhole sink) throws IOException {
        out.drainTo(new OutputStream() {
            @Override
            public void write(int b) {
                sink.consume(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sink.consume(bytes);
                sink.consume(length);
            }
        });
    }
}
