package dev.llmgateway.ir.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.Answers;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.ChatResponse;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Fixtures;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.ResponseUnfolder;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.codec.EventDecoder;
import dev.llmgateway.ir.codec.EventEncoder;
import dev.llmgateway.ir.codec.ModelTraits;
import dev.llmgateway.ir.codec.Target;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.sse.SseBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Streams of a provider that speaks the client's own dialect: as they came, or from some frame on written anew. */
class StreamPassingTest {

    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final Target TARGET = new Target("openai", "gpt", ModelTraits.openAi());
    private static final ChatRequest REQUEST =
            CODEC.decodeRequest("{\"model\":\"fast\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8));

    @Provide
    Arbitrary<ChatResponse> answers() {
        return Answers.any();
    }

    private static List<ChatEvent> decode(byte[] stream) {
        EventDecoder decoder = CODEC.eventDecoder(TARGET);
        List<ChatEvent> events = new ArrayList<>();
        Fixtures.events(stream).forEach(event -> decoder.decode(event, events::add));
        decoder.end(events::add);
        return events;
    }

    private static byte[] encode(List<ChatEvent> events) {
        EventEncoder encoder = CODEC.eventEncoder(REQUEST);
        SseBuffer out = new SseBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.finish(out);
        return out.toByteArray();
    }

    /** A stream as a provider could have sent it: read once, ids of calls are what a client can send back. */
    private static byte[] stream(ChatResponse answer) {
        List<ChatEvent> events = decode(encode(ResponseUnfolder.unfold(answer)));
        events.replaceAll(StreamPassingTest::answered);
        return encode(events);
    }

    private static ChatEvent withoutWire(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Delta it -> it.withText(it.text());
            case ChatEvent.Started it ->
                new ChatEvent.Started(it.id(), it.model(), it.created(), it.usage(), it.origin(), Wire.NONE);
            case ChatEvent.PartStarted it -> new ChatEvent.PartStarted(it.choice(), it.part(), it.initial(), Wire.NONE);
            case ChatEvent.TokenAttached it ->
                new ChatEvent.TokenAttached(it.choice(), it.part(), it.token(), Wire.NONE);
            case ChatEvent.VendorDelta it ->
                new ChatEvent.VendorDelta(it.choice(), it.part(), it.dialect(), it.delta(), Wire.NONE);
            case ChatEvent.PartEnded it -> new ChatEvent.PartEnded(it.choice(), it.part(), Wire.NONE);
            case ChatEvent.Finished it ->
                new ChatEvent.Finished(it.choice(), it.reason(), it.stopSequence(), it.extras(), Wire.NONE);
            case ChatEvent.UsageReported it -> new ChatEvent.UsageReported(it.usage(), Wire.NONE);
            case ChatEvent.Ping ignored -> new ChatEvent.Ping(Wire.NONE);
            case ChatEvent.Vendor it -> it;
        };
    }

    /** As the gateway hands it on: what is sealed gets a label that tells who answered. */
    private static ChatEvent answered(ChatEvent event) {
        return event instanceof ChatEvent.Started start
                ? start.answeredBy(new Origin(TARGET.provider(), REQUEST.model(), List.of()), 0)
                : event;
    }

    private static void isTheSameFromAnyEventOn(byte[] stream) {
        List<ChatEvent> events = decode(stream);
        assertThat(encode(events))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
        events.replaceAll(StreamPassingTest::answered);
        JsonNode whole = StreamRules.check(encode(events));
        for (int i = 0; i < events.size(); i++) {
            List<ChatEvent> changed = new ArrayList<>(events);
            changed.set(i, withoutWire(events.get(i)));
            JsonNode anew = StreamRules.check(encode(changed));
            assertThat(anew.path("output")).as("anew from " + events.get(i)).isEqualTo(whole.path("output"));
            assertThat(anew.path("status")).isEqualTo(whole.path("status"));
            assertThat(anew.path("id")).isEqualTo(whole.path("id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void aRecordedStreamGoesOutAsItCame(String name) {
        byte[] stream = Fixtures.bytes(name);

        assertThat(encode(decode(stream)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(stream, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void aRecordedStreamThatIsWrittenAnewKeepsToTheRules(String name) {
        List<ChatEvent> events = decode(Fixtures.bytes(name));
        JsonNode whole = StreamRules.check(Fixtures.bytes(name)).path("output").get(0);
        for (int i = 0; i < events.size(); i++) {
            List<ChatEvent> changed = new ArrayList<>(events);
            changed.set(i, withoutWire(events.get(i)));
            JsonNode item = StreamRules.check(encode(changed)).path("output").get(0);
            assertThat(item.path("id")).isEqualTo(whole.path("id"));
            assertThat(item.path("arguments")).isEqualTo(whole.path("arguments"));
            assertThat(item.path("content").path(0).path("text"))
                    .isEqualTo(whole.path("content").path(0).path("text"));
        }
    }

    @Property(tries = 60)
    void aStreamThatIsWrittenAnewFromAnyEventOnTellsTheSame(@ForAll("answers") ChatResponse answer) {
        isTheSameFromAnyEventOn(stream(answer));
    }

    @Test
    void aSummaryOfSeveralPartsStaysSoWhereverTheStreamIsWrittenAnew() {
        byte[] stream = Streams.withSummaries("**One**\n\nFirst.", "**Two**\n\nSecond.", "Third.");

        isTheSameFromAnyEventOn(stream);
        List<ChatEvent> events = decode(stream);
        events.replaceAll(StreamPassingTest::withoutWire);
        assertThat(StreamRules.check(encode(events)).at("/output/0/summary"))
                .isEqualTo(StreamRules.check(stream).at("/output/0/summary"))
                .hasSize(3);
    }

    @Test
    void aSummaryThatIsOnlyToldInTheEndKeepsItsPartsToo() {
        List<JsonNode> frames = StreamRules.frames(Streams.withSummaries("One.", "Two."));
        Streams told = new Streams();
        frames.stream()
                .filter(frame -> !frame.path("type").asString().contains("summary"))
                .forEach(told::frame);
        List<ChatEvent> events = decode(told.bytes());
        events.replaceAll(StreamPassingTest::withoutWire);

        assertThat(StreamRules.check(encode(events)).at("/output/0/summary")).hasSize(2);
    }

    @Test
    void howFarAVendorsToolHasComeIsShownWhereverTheStreamIsWrittenAnew() {
        byte[] stream = Streams.withSearch();

        isTheSameFromAnyEventOn(stream);
        List<ChatEvent> events = decode(stream);
        List<String> all = types(stream);
        for (int i = 0; i < events.size(); i++) {
            List<ChatEvent> changed = new ArrayList<>(events);
            changed.set(i, withoutWire(events.get(i)));
            assertThat(types(encode(changed))).as("anew from " + events.get(i)).containsAll(all);
        }
    }

    @Test
    void anItemBehindOneThatIsOnlyAnnouncedTakesTheNextPlace() {
        List<ChatEvent> events = decode(Streams.withSearch());
        List<ChatEvent> shuffled = new ArrayList<>();
        List<ChatEvent> late = new ArrayList<>();
        for (ChatEvent event : events) {
            boolean ofSearch = event instanceof ChatEvent.PartStarted start && start.initial() instanceof Content.Vendor
                    || event instanceof ChatEvent.PartEnded end && end.part() == 0;
            if (event instanceof ChatEvent.Finished) {
                shuffled.addAll(late);
            }
            (ofSearch ? late : shuffled).add(withoutWire(event));
        }

        JsonNode output = StreamRules.check(encode(shuffled)).path("output");

        assertThat(output.valueStream().map(item -> item.path("type").asString()))
                .containsExactly("web_search_call", "message");
    }

    private static List<String> types(byte[] stream) {
        return StreamRules.frames(stream).stream()
                .map(frame -> frame.path("type").asString())
                .toList();
    }

    @Property(tries = 60)
    void aFailureAtAnyEventEndsTheStream(@ForAll("answers") ChatResponse answer) {
        List<ChatEvent> events = decode(stream(answer));
        for (int i = 0; i < events.size(); i++) {
            EventEncoder encoder = CODEC.eventEncoder(REQUEST);
            SseBuffer out = new SseBuffer();
            events.subList(0, i).forEach(event -> encoder.encode(event, out));
            encoder.fail(new WireError(500, WireError.Kind.SERVER, "Sorry.", null, null), out);
            encoder.finish(out);
            assertThat(StreamRules.check(out.toByteArray()).path("status").asString())
                    .isEqualTo("failed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-responses-text-stream.sse", "openai-responses-function-call-stream.sse"})
    void theClientFindsItsAliasInEveryFrameThatNamesTheModel(String name) {
        List<ChatEvent> events = decode(Fixtures.bytes(name));
        ChatEvent.Started start = (ChatEvent.Started) events.getFirst();
        events.set(0, start.answeredBy(new Origin("openai", "gpt-4.1", List.of()), 7));

        String sent = new String(encode(events), StandardCharsets.UTF_8);

        assertThat(sent.replace("\"model\":\"fast\"", "\"model\":\"gpt-4.1-2025-04-14\""))
                .isEqualTo(new String(Fixtures.bytes(name), StandardCharsets.UTF_8));
        assertThat(sent).doesNotContain("gpt-4.1");
    }
}
