package dev.llmgateway.ir.responses;

import static dev.llmgateway.ir.responses.Responses.CAPABLE;
import static dev.llmgateway.ir.responses.Responses.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.openai.EventSequence;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a provider sends is read as an answer of the promised shape, or fails in a documented way. */
class AnswerDamageTest {

    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"m\",\"input\":\"hi\"}".getBytes(StandardCharsets.UTF_8));

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of(
                "null",
                "\"",
                "{}",
                "[]",
                "1e999",
                "-1",
                "99999999999",
                "\"message\"",
                "\"reasoning\"",
                "\"function_call\"",
                "\"response.output_item.done\"",
                "\"response.completed\"",
                "true",
                "\\ud800",
                ",",
                "}",
                "",
                "\n\n");
    }

    @Property(tries = 500)
    void noBytesMakeReadingAnAnswerFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        answerReadsOrFails(bytes);
        streamReadsOrFails(bytes);
    }

    @Property(tries = 1000)
    void noDamageMakesReadingAnAnswerFailInAnotherWayThanDocumented(
            @ForAll("answers") ChatResponse answer, @ForAll int which, @ForAll("damage") String what) {
        answerReadsOrFails(damaged(CODEC.encodeResponse(answer, REQUEST), which, what));
    }

    @Property(tries = 1000)
    void noDamageMakesReadingAStreamFailInAnotherWayThanDocumented(
            @ForAll("answers") ChatResponse answer, @ForAll int which, @ForAll("damage") String what) {
        streamReadsOrFails(damaged(encode(ResponseUnfolder.unfold(answer)), which, what));
    }

    private static byte[] damaged(byte[] body, int which, String what) {
        String[] pieces = new String(body, StandardCharsets.UTF_8).split("(?<=:)|(?=[,}\\]])");
        pieces[Math.floorMod(which, pieces.length)] = what;
        return String.join("", pieces).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encode(List<ChatEvent> events) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }

    private static void answerReadsOrFails(byte[] bytes) {
        try {
            ChatResponse answer = CODEC.decodeResponse(bytes, CAPABLE);
            assertThat(CODEC.encodeResponse(answer, REQUEST)).isNotEmpty();
        } catch (MalformedAnswerException | ProviderStreamException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    /** What is read also has the shape that a sequence of events promises. */
    private static void streamReadsOrFails(byte[] bytes) {
        EventDecoder decoder = CODEC.eventDecoder(CAPABLE);
        List<ChatEvent> events = EventSequence.readUnlessDamaged(decoder, bytes);
        if (events != null) {
            assertThat(encode(events)).isNotEmpty();
        }
    }
}
