package dev.llmgateway.ir.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SseReaderTest {

    private static List<String> read(String stream) {
        return read(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(InputStream in) {
        SseReader reader = new SseReader(in, 1 << 20);
        List<String> events = new ArrayList<>();
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event.name() + "|" + event.text());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    /** Gives the bytes in pieces of random size. */
    private static InputStream inPieces(byte[] bytes, long seed) {
        Random random = new Random(seed);
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }

    @Example
    void readsNamesAndData() {
        assertThat(read("event: a\ndata: 1\n\ndata: 2\n\n")).containsExactly("a|1", "null|2");
    }

    @Example
    void takesEveryKindOfLineEnd() {
        assertThat(read("data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n")).containsExactly("null|1", "null|2", "null|3");
    }

    @Example
    void joinsSeveralDataLines() {
        assertThat(read("data: a\ndata\ndata: b\n\n")).containsExactly("null|a\n\nb");
    }

    @Example
    void skipsCommentsAndFieldsThatItDoesNotKnow() {
        assertThat(read(": OPENROUTER PROCESSING\n\nid: 7\nretry: 10\ndata: x\n\n"))
                .containsExactly("null|x");
    }

    @Example
    void takesDataWithoutTheSpaceAndKeepsFurtherSpaces() {
        assertThat(read("data:x\n\ndata:  y \n\n")).containsExactly("null|x", "null| y ");
    }

    @Example
    void takesALastEventWithoutItsBlankLine() {
        assertThat(read("data: x\n\ndata: y")).containsExactly("null|x", "null|y");
        assertThat(read("data: x\n\ndata: y\n")).containsExactly("null|x", "null|y");
    }

    @Example
    void skipsAByteOrderMark() {
        assertThat(read("\ufeffdata: x\n\n")).containsExactly("null|x");
        assertThat(read("\ufeffdata: x")).containsExactly("null|x");
    }

    @Example
    void anEventWithoutDataIsNone() {
        assertThat(read("event: a\n\ndata: x\n\n")).containsExactly("null|x");
        assertThat(read("\n\n\n")).isEmpty();
    }

    @Example
    void linesLongerThanTheBufferAreRead() {
        String long1 = "x".repeat(50_000);

        assertThat(read("data: " + long1 + "\r\n\r\ndata: y\n\n")).containsExactly("null|" + long1, "null|y");
    }

    @Example
    void anEventLargerThanTheBoundIsRefused() {
        String stream = "data: " + "x".repeat(1000) + "\n\n";
        SseReader reader = new SseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), 500);

        assertThatThrownBy(reader::next)
                .isInstanceOf(SseTooLargeException.class)
                .hasMessageContaining("500");
        String lines = "data: x\n".repeat(1000);
        SseReader many = new SseReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), 500);
        assertThatThrownBy(many::next).isInstanceOf(SseTooLargeException.class);
    }

    @Example
    void anEndlessLineIsRefusedAtTheBound() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        assertThatThrownBy(() -> new SseReader(endless, 100_000).next()).isInstanceOf(SseTooLargeException.class);
    }

    @Example
    void readyTellsWhetherAnotherEventIsThereAlready() throws IOException {
        SseReader reader = new SseReader(
                new ByteArrayInputStream("data: 1\n\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8)), 1000);

        reader.next();
        assertThat(reader.ready()).isTrue();
        reader.next();
        assertThat(reader.ready()).isFalse();
    }

    @Property(tries = 300)
    void howTheBytesAreCutChangesNothing(@ForAll("streams") String stream, @ForAll long seed) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);

        assertThat(read(inPieces(bytes, seed))).isEqualTo(read(stream));
    }

    @Property(tries = 20)
    void howARecordedStreamIsCutChangesNothing(@ForAll("recordings") String name, @ForAll long seed) {
        byte[] bytes = Fixtures.bytes(name);

        assertThat(read(inPieces(bytes, seed))).isEqualTo(read(new ByteArrayInputStream(bytes)));
    }

    @Property(tries = 300)
    void whatTheBufferWritesReadsBackTheSame(@ForAll("events") List<SseEvent> events) {
        SseBuffer buffer = new SseBuffer();
        events.forEach(event -> {
            buffer.comment("ping");
            buffer.event(event.name(), event.data());
        });

        List<SseEvent> read = Fixtures.events(buffer.toByteArray());

        assertThat(read)
                .extracting(SseEvent::name)
                .isEqualTo(events.stream().map(SseEvent::name).toList());
        assertThat(read)
                .extracting(SseEvent::text)
                .isEqualTo(events.stream().map(SseEvent::text).toList());
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of(
                        "data: x", "data:", "event: e", ": c", "\n", "\r", "\r\n", "\n\n", "é😀", "\ufeff", "id: 1")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> recordings() {
        return Arbitraries.of(
                "openai-tool-stream.sse",
                "azure-text-stream.sse",
                "anthropic-thinking-stream.sse",
                "gemini-native-tool-stream.sse");
    }

    @Provide
    Arbitrary<List<SseEvent>> events() {
        Arbitrary<String> names = Arbitraries.of("message_start", "error").injectNull(0.5);
        Arbitrary<String> data = Arbitraries.of("{}", "[DONE]", "two\nlines", "", " leading", "你好 😀", "trailing\n");
        return names.flatMap(name -> data.map(text -> SseEvent.of(name, text)))
                .list()
                .ofMaxSize(10);
    }
}
