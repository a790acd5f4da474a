package dev.llmgateway.ir.anthropic;

import static dev.llmgateway.ir.anthropic.TestData.CODEC;
import static dev.llmgateway.ir.anthropic.TestData.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Choice;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.OpaqueToken;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Usage;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.MalformedAnswerException;
import dev.llmgateway.ir.codec.ProviderStreamException;
import dev.llmgateway.ir.codec.SealedTokens;
import dev.llmgateway.ir.json.JsonText;
import dev.llmgateway.ir.sse.SseEvent;
import dev.llmgateway.ir.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of answers and streams. */
class AnswerLawsTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder("auto").user("x").build();

    @Property(tries = 500)
    void aWrittenAnswerReadsBackTheSame(@ForAll("answers") ChatResponse answer) {
        assertThat(CODEC.decodeResponse(CODEC.encodeResponse(answer, REQUEST), TARGET))
                .isEqualTo(labelled(answer));
    }

    @Property(tries = 500)
    void aStreamedAnswerReadsBackTheSame(@ForAll("answers") ChatResponse answer) {
        byte[] stream = TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(answer));
        assertThat(TestData.fold(TestData.decode(stream))).isEqualTo(labelled(answer));
    }

    @Property(tries = 300)
    void aStreamThatIsPassedOnKeepsItsBytesButForLabels(@ForAll("answers") ChatResponse answer) {
        byte[] stream = TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(answer));
        assertThat(TestData.encode(CODEC.eventEncoder(REQUEST), TestData.decode(stream)))
                .isEqualTo(TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(labelled(answer))));
    }

    @Property(tries = 300)
    void droppingTheMemoryOfTheWireLosesNothing(@ForAll("answers") ChatResponse answer, @ForAll long seed) {
        byte[] stream = TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(answer));
        Random random = new Random(seed);
        List<ChatEvent> events = new ArrayList<>(TestData.decode(stream));
        events.replaceAll(event ->
                event instanceof ChatEvent.Delta delta && random.nextBoolean() ? delta.withText(delta.text()) : event);
        assertThat(TestData.fold(TestData.decode(TestData.encode(CODEC.eventEncoder(REQUEST), events))))
                .isEqualTo(labelled(labelled(answer)));
    }

    @Property(tries = 200)
    void howTheBytesAreCutChangesNothing(@ForAll("answers") ChatResponse answer, @ForAll long seed) throws IOException {
        byte[] stream = TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(answer));
        SseReader reader = new SseReader(inPieces(stream, new Random(seed)), 1 << 20);
        EventDecoder decoder = CODEC.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        for (SseEvent event = reader.next(); event != null; event = reader.next()) {
            decoder.decode(event, events::add);
        }
        decoder.end(events::add);
        assertThat(events).isEqualTo(TestData.decode(stream));
    }

    /** What a client reads: whose it is stands in front of what is sealed. */
    private static ChatResponse labelled(ChatResponse answer) {
        Choice choice = answer.first();
        List<Content> content =
                choice.content().stream().map(AnswerLawsTest::labelled).toList();
        Choice read = new Choice(0, content, choice.stopReason(), choice.stopSequence(), choice.extras());
        return new ChatResponse(
                answer.id(), answer.model(), answer.created(), List.of(read), answer.usage(), null, answer.wire());
    }

    private static Content labelled(Content part) {
        if (part instanceof Content.Reasoning reasoning && reasoning.token() != null) {
            OpaqueToken token = reasoning.token();
            OpaqueToken read = new OpaqueToken(token.kind(), SealedTokens.seal(token), token.provider());
            return new Content.Reasoning(reasoning.text(), read, reasoning.extras());
        }
        return part;
    }

    private static InputStream inPieces(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int from, int length) {
                return super.read(to, from, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }

    @Property(tries = 1000)
    void noBytesMakeReadingAnAnswerFailInAnotherWayThanDocumented(@ForAll byte[] bytes) {
        try {
            CODEC.decodeResponse(bytes, TARGET);
        } catch (MalformedAnswerException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 1500)
    void noDamageMakesReadingAStreamFailInAnotherWayThanDocumented(
            @ForAll("answers") ChatResponse answer, @ForAll int where, @ForAll("damage") String what) {
        String stream = new String(
                TestData.encode(CODEC.eventEncoder(REQUEST), ResponseUnfolder.unfold(answer)), StandardCharsets.UTF_8);
        int at = Math.floorMod(where, stream.length());
        byte[] damaged = TestData.utf8(stream.substring(0, at) + what + stream.substring(at + 1));
        try {
            TestData.encode(CODEC.eventEncoder(REQUEST), TestData.decode(damaged));
        } catch (MalformedAnswerException | ProviderStreamException documented) {
            assertThat(documented.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> damage() {
        return Arbitraries.of("null", "\"", "{}", "9", "-1", "\\ud800", ",", "}", "\n", "\n\n", "", "error", "e");
    }

    @Provide
    Arbitrary<ChatResponse> answers() {
        Arbitrary<StopReason> reasons = Arbitraries.of(
                StopReason.MAX_TOKENS, StopReason.REFUSAL, StopReason.PAUSE_TURN, StopReason.CONTEXT_WINDOW_EXCEEDED);
        Arbitrary<Usage> usages = Combinators.combine(numbers(), numbers(), numbers(), numbers())
                .as((input, read, write, output) -> new Usage(input, read, write, write / 2, output, output / 3));
        return Combinators.combine(parts().list().ofMaxSize(6), reasons, usages, Arbitraries.of(true, false))
                .as((parts, reason, usage, details) -> new ChatResponse(
                        "msg_1",
                        "claude",
                        0,
                        List.of(new Choice(
                                0,
                                unique(parts),
                                reason,
                                details ? "END" : null,
                                details ? own("stop_details", "{'category':'x'}") : Extras.NONE)),
                        usage,
                        null,
                        Wire.NONE));
    }

    /** From 1, because a prompt of no tokens at the end of a stream counts as not told. */
    private Arbitrary<Long> numbers() {
        return Arbitraries.longs().between(1, 1_000_000);
    }

    private static Extras own(String name, String json) {
        return Extras.of(Dialect.ANTHROPIC_MESSAGES, Map.of(name, TestData.json(json)));
    }

    private Arbitrary<Content> parts() {
        Arbitrary<String> texts =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(30).map(JsonText::wellFormed);
        return Arbitraries.oneOf(
                texts.map(Content.Text::new),
                texts.map(text -> new Content.Text(text, own("citations", "[{'cited_text':'c'}]"))),
                texts.map(text -> reasoning(text, OpaqueToken.Kind.ANTHROPIC_SIGNATURE)),
                texts.map(text -> new Content.Reasoning(text, null, Extras.NONE)),
                Arbitraries.of(
                        reasoning("", OpaqueToken.Kind.ANTHROPIC_SIGNATURE),
                        reasoning(null, OpaqueToken.Kind.ANTHROPIC_REDACTED),
                        new Content.ToolCall("toolu", "f", "{}"),
                        new Content.ToolCall(
                                "toolu", "f", "{\"b\":1,\"a\":[\"\u00e4\"]}", null, own("caller", "{'type':'direct'}")),
                        new Content.Vendor(
                                Dialect.ANTHROPIC_MESSAGES,
                                TestData.json("{'type':'server_tool_use','id':'s','name':'w','input':{'q':1}}"))));
    }

    private static Content reasoning(String text, OpaqueToken.Kind kind) {
        return new Content.Reasoning(text, new OpaqueToken(kind, "c2ln", "anthropic"), Extras.NONE);
    }

    private static List<Content> unique(List<Content> parts) {
        List<Content> unique = new ArrayList<>();
        for (Content part : parts) {
            unique.add(
                    part instanceof Content.ToolCall call
                            ? new Content.ToolCall(
                                    call.id() + unique.size(), call.name(), call.arguments(), null, call.extras())
                            : part);
        }
        return unique;
    }
}
