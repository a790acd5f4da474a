package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ReasoningOptions;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.sse.SseBuffer;
import dev.llmgateway.ir.sse.SseEvent;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call through this format costs in memory: counted, for times mean nothing on a busy machine. */
class WorkTest {

    private static final DialectCodec CODEC = new OpenAiResponsesCodec();
    private static final int SIZE = 1_000_000;
    private static final String LONG = "all work and no play ".repeat(SIZE / 21);
    private static final String SEAL =
            SealedTokens.seal(new OpaqueToken(OpaqueToken.Kind.OPENAI_ENCRYPTED, "c2VhbA", "openai"));
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBy(Runnable work) {
        work.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Target target(ModelTraits traits) {
        return new Target("openai", "wire-model", traits);
    }

    /** The bytes are written once for the member and once for the body, each with a copy; nothing of them is read again. */
    @Test
    void aTurnOfAnAgentIsNotReadAgainToTakeTheLabelsOffItsSeals() {
        ChatRequest request = CODEC.decodeRequest("""
                {"model":"m","tools":[{"type":"function","name":"f","description":"%s","parameters":{}}],"input":[
                {"type":"message","role":"user","content":"go on"},
                {"type":"reasoning","summary":[],"encrypted_content":"%s"},
                {"type":"message","role":"assistant","content":"ok"},{"type":"message","role":"user","content":"go on"}]}""".formatted(LONG, SEAL).getBytes(StandardCharsets.UTF_8));

        long allocated = allocatedBy(() -> CODEC.encodeRequest(request, target(ModelTraits.openAi())));

        assertThat(allocated).isLessThan(3L * SIZE);
    }

    @Test
    void anEffortIsChangedWithoutReadingTheConversationAgain() {
        ModelTraits traits = ModelTraits.openAi().toBuilder()
                .efforts(EnumSet.of(ReasoningOptions.Effort.LOW))
                .build();
        ChatRequest request = CODEC.decodeRequest("""
                {"model":"m","reasoning":{"effort":"high"},"input":"%s"}""".formatted(LONG).getBytes(StandardCharsets.UTF_8));

        long allocated = allocatedBy(() -> CODEC.encodeRequest(request, target(traits)));

        assertThat(new String(CODEC.encodeRequest(request, target(traits)).body(), StandardCharsets.UTF_8))
                .startsWith("{\"model\":\"wire-model\",\"reasoning\":{\"effort\":\"low\"}");
        assertThat(allocated).isLessThan(3L * SIZE);
    }

    /** A client that reads the bytes as they came needs none of them a second time. */
    @Test
    void picturesInAStreamAreForgottenWhenTheyHaveLeft() {
        EventDecoder decoder = CODEC.eventDecoder(target(ModelTraits.openAi()));
        EventEncoder encoder = CODEC.eventEncoder(CODEC.decodeRequest("""
                {"model":"m","stream":true,"input":"draw"}""".getBytes(StandardCharsets.UTF_8)));
        SseBuffer out = new SseBuffer();
        show(decoder, encoder, out, "response.created", """
                {"type":"response.created","response":{"id":"r","model":"m"}}""");
        WeakReference<byte[]> first = partialImage(decoder, encoder, out);
        partialImage(decoder, encoder, out);

        for (int i = 0; i < 50 && first.get() != null; i++) {
            System.gc();
        }
        assertThat(first.get() == null).isTrue();
        encoder.finish(out);
    }

    private static WeakReference<byte[]> partialImage(EventDecoder decoder, EventEncoder encoder, SseBuffer out) {
        return show(decoder, encoder, out, "response.image_generation_call.partial_image", """
                {"type":"response.image_generation_call.partial_image","output_index":0,"partial_image_b64":"%s"}""".formatted(LONG));
    }

    private static WeakReference<byte[]> show(
            EventDecoder decoder, EventEncoder encoder, SseBuffer out, String name, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        decoder.decode(
                new SseEvent(name, bytes),
                event -> encoder.encode(
                        event instanceof ChatEvent.Started start
                                ? start.answeredBy(new Origin("openai", "m", List.of()), 1)
                                : event,
                        out));
        return new WeakReference<>(bytes);
    }
}
