package dev.llmgateway.ir.openai;

import static dev.llmgateway.ir.openai.Streams.CODEC;
import static dev.llmgateway.ir.openai.Streams.GOOGLE;
import static dev.llmgateway.ir.openai.Streams.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ReportedTokens;
import dev.llmgateway.ir.codec.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of answers, complete and streamed. */
class AnswerLawsTest {

    private static final ChatRequest REQUEST = Streams.request(
            "{'model':'m','stream':true,'stream_options':{'include_usage':true},'messages':[{'role':'user','content':'x'}]}");

    /** Answers in the normal form that Chat Completions can express. */
    @Provide
    Arbitrary<ChatResponse> answers() {
        Arbitrary<List<Choice>> choices = choice().list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Long> tokens = Arbitraries.longs().between(0, ReportedTokens.MOST / 4);
        Arbitrary<Usage> usages = Combinators.combine(tokens.map(count -> count + 1), tokens, tokens, tokens, tokens)
                .as((in, read, written, out, reasoning) -> new Usage(in, read, written, 0, out, reasoning))
                .injectNull(0.2);
        return Combinators.combine(Answers.texts(), tokens, choices, usages).as((id, created, all, usage) -> {
            List<Choice> numbered = new ArrayList<>();
            all.forEach(c -> numbered.add(
                    new Choice(numbered.size(), c.content(), c.stopReason(), c.stopSequence(), c.extras())));
            return new ChatResponse(id, "m", created, numbered, usage, null, Wire.NONE);
        });
    }

    private static Arbitrary<Choice> choice() {
        Arbitrary<Extras> extras = Arbitraries.of(
                Extras.NONE, Extras.of(Dialect.OPENAI_CHAT, Map.of("logprobs", Streams.json("{'content':[]}"))));
        return Combinators.combine(
                        Answers.texts().injectNull(0.6),
                        Answers.texts().injectNull(0.3),
                        Answers.texts().injectNull(0.8),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false),
                        extras)
                .as(AnswerLawsTest::choice);
    }

    private static Choice choice(String reasoning, String text, String refusal, int calls, boolean cut, Extras extras) {
        List<Content> parts = new ArrayList<>();
        if (reasoning != null) {
            parts.add(new Content.Reasoning(reasoning, null, Extras.NONE));
        }
        if (text != null) {
            parts.add(new Content.Text(text));
        }
        if (refusal != null) {
            parts.add(new Content.Refusal(refusal));
        }
        for (int i = 0; i < calls; i++) {
            parts.add(
                    i == 1
                            ? new Content.ToolCall(
                                    "c" + i, "patch", text == null ? "" : text, null, Requests.own("type", "'custom'"))
                            : new Content.ToolCall("c" + i, "look", "{\"a\": " + i + "}"));
        }
        StopReason reason = cut ? StopReason.MAX_TOKENS : FinishReasons.of(null, calls > 0, refusal != null);
        return new Choice(0, parts, reason, null, extras);
    }

    @Property(tries = 500)
    void whatIsWrittenReadsBackTheSame(@ForAll("answers") ChatResponse answer) {
        byte[] body = CODEC.encodeResponse(answer, REQUEST);

        assertThat(CODEC.decodeResponse(body, OPENAI)).isEqualTo(answer);
    }

    @Property(tries = 500)
    void aStreamThatIsWrittenReadsBackAsTheSameAnswer(@ForAll("answers") ChatResponse answer) {
        String stream = Streams.encode(REQUEST, null, ResponseUnfolder.unfold(answer));

        ChatResponse read = Streams.fold(Streams.decode(OPENAI, Fixtures.events(utf8(stream))));

        assertThat(read).isEqualTo(answer);
    }

    @Property(tries = 200)
    void anUnchangedAnswerGoesOutInItsBytes(@ForAll("answers") ChatResponse answer) {
        byte[] body = CODEC.encodeResponse(answer, REQUEST);
        ChatResponse read = CODEC.decodeResponse(body, OPENAI);

        assertThat(CODEC.encodeResponse(read, REQUEST)).isSameAs(body);
        assertThat(CODEC.encodeResponse(from(read, "other"), REQUEST)).isEqualTo(body);
    }

    private static ChatResponse from(ChatResponse answer, String model) {
        return new ChatResponse(
                answer.id(),
                answer.model(),
                answer.created(),
                answer.choices(),
                answer.usage(),
                new Origin("p", model, List.of()),
                answer.wire());
    }

    @Property(tries = 300)
    void aStreamPassedOnTwiceStaysTheSame(@ForAll("answers") ChatResponse answer) {
        String stream = Streams.encode(REQUEST, null, ResponseUnfolder.unfold(answer));

        String again = Streams.encode(REQUEST, null, Streams.decode(OPENAI, Fixtures.events(utf8(stream))));

        assertThat(again).isEqualTo(stream);
    }

    @Property(tries = 1000)
    void noBytesMakeReadingAnAnswerFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        answerReadsOrFails(bytes, OPENAI);
        decodesErrorAndModels(bytes);
    }

    @Property(tries = 2000)
    void noDamageMakesReadingAnAnswerFailInAnotherWayThanDocumented(
            @ForAll("answers") ChatResponse answer, @ForAll int which, @ForAll("damage") String what) {
        byte[] damaged = damage(new String(CODEC.encodeResponse(answer, REQUEST), StandardCharsets.UTF_8), which, what);
        answerReadsOrFails(damaged, OPENAI);
        answerReadsOrFails(damaged, GOOGLE);
        decodesErrorAndModels(damaged);
    }

    @Property(tries = 2000)
    void noDamageMakesReadingAStreamFailInAnotherWayThanDocumented(
            @ForAll("answers") ChatResponse answer, @ForAll int which, @ForAll("damage") String what) {
        String stream = Streams.encode(REQUEST, null, ResponseUnfolder.unfold(answer));
        byte[] damaged = damage(stream, which, what);
        streamReadsOrFails(damaged, OPENAI);
        streamReadsOrFails(damaged, GOOGLE);
    }

    @Property(tries = 1000)
    void noFramesMakeReadingAStreamFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        streamReadsOrFails(bytes, OPENAI);
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
                "\"<thought>\"",
                "true",
                "\\ud800",
                ",",
                "}",
                "",
                "\n\n");
    }

    private static byte[] damage(String text, int which, String what) {
        String[] pieces = text.split("(?<=:)|(?=[,}\\]])");
        pieces[Math.floorMod(which, pieces.length)] = what;
        return utf8(String.join("", pieces));
    }

    private static void answerReadsOrFails(byte[] bytes, Target target) {
        try {
            ChatResponse answer = CODEC.decodeResponse(bytes, target);
            assertThat(CODEC.encodeResponse(answer, REQUEST)).isNotEmpty();
        } catch (MalformedAnswerException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    private static void decodesErrorAndModels(byte[] bytes) {
        assertThat(CODEC.decodeError(500, bytes).message()).isNotBlank();
        try {
            assertThat(CODEC.encodeModels(CODEC.decodeModels(bytes))).isNotEmpty();
        } catch (MalformedAnswerException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    /** What is read also has the shape that a sequence of events promises. */
    private static void streamReadsOrFails(byte[] bytes, Target target) {
        EventDecoder decoder = CODEC.eventDecoder(target);
        List<ChatEvent> events = EventSequence.readUnlessDamaged(decoder, bytes);
        if (events != null) {
            assertThat(Streams.encode(REQUEST, null, events)).endsWith("data: [DONE]\n\n");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
