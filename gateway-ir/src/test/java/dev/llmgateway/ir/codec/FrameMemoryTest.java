package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {

    private final List<String> written = new ArrayList<>();
    private final FrameMemory memory = new FrameMemory(
            Dialect.OPENAI_CHAT,
            frame -> written.add("bytes of " + frame.size()),
            event -> written.add("anew " + ((ChatEvent.TextDelta) event).text()));

    private static List<ChatEvent.TextDelta> frame(Dialect dialect, String... texts) {
        WireForm form = WireForm.event(dialect, null, new byte[0], texts.length);
        List<ChatEvent.TextDelta> events = new ArrayList<>();
        for (String text : texts) {
            events.add(new ChatEvent.TextDelta(0, 0, text, Wire.of(form, events.size())));
        }
        return events;
    }

    @Test
    void aWholeFrameGoesOutInItsBytes() {
        frame(Dialect.OPENAI_CHAT, "a", "b").forEach(memory::accept);
        frame(Dialect.OPENAI_CHAT, "c").forEach(memory::accept);

        assertThat(written).containsExactly("bytes of 2", "bytes of 1");
    }

    @Test
    void aChangedEventTakesTheRestOfItsFrameWithIt() {
        List<ChatEvent.TextDelta> frame = frame(Dialect.OPENAI_CHAT, "a", "b", "c");
        memory.accept(frame.get(0));
        memory.accept(frame.get(1).withText("B"));
        memory.accept(frame.get(2));
        memory.flush();

        assertThat(written).containsExactly("anew a", "anew B", "anew c");
    }

    @Test
    void aDroppedEventTakesTheRestOfItsFrameWithIt() {
        List<ChatEvent.TextDelta> frame = frame(Dialect.OPENAI_CHAT, "a", "b");
        memory.accept(frame.get(1));
        frame(Dialect.OPENAI_CHAT, "c").forEach(memory::accept);

        assertThat(written).containsExactly("anew b", "bytes of 1");
    }

    @Test
    void anIncompleteFrameIsWrittenAnewWhenTheNextOneComesOrTheStreamEnds() {
        memory.accept(frame(Dialect.OPENAI_CHAT, "a", "b").getFirst());
        frame(Dialect.OPENAI_CHAT, "c").forEach(memory::accept);
        memory.accept(frame(Dialect.OPENAI_CHAT, "d", "e").getFirst());
        memory.flush();

        assertThat(written).containsExactly("anew a", "bytes of 1", "anew d");
    }

    @Test
    void anEventThatIsRepeatedIsWrittenAnew() {
        ChatEvent.TextDelta first = frame(Dialect.OPENAI_CHAT, "a", "b").getFirst();
        memory.accept(first);
        memory.accept(first);
        memory.flush();

        assertThat(written).containsExactly("anew a", "anew a");
    }

    @Test
    void bytesOfAnotherDialectAndOfWholeBodiesAreNotUsed() {
        frame(Dialect.ANTHROPIC_MESSAGES, "a").forEach(memory::accept);
        WireForm body = WireForm.body(Dialect.OPENAI_CHAT, new byte[0], bytes -> {
            throw new AssertionError("decoded again");
        });
        memory.accept(new ChatEvent.TextDelta(0, 0, "b", Wire.of(body, 0)));
        memory.accept(new ChatEvent.TextDelta(0, 0, "c", Wire.NONE));

        assertThat(written).containsExactly("anew a", "anew b", "anew c");
    }
}
