package dev.llmgateway.ir.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Content;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Extras;
import dev.llmgateway.ir.StopReason;
import dev.llmgateway.ir.Wire;
import dev.llmgateway.ir.WireForm;
import dev.llmgateway.ir.json.Json;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerLossesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static ChatRequest.Builder asked(Dialect caller) {
        return ChatRequest.builder("m").user("hi").stream(true).decodedFrom(caller, null);
    }

    private static AnswerLosses losses(Dialect caller) {
        return new AnswerLosses(asked(caller).build());
    }

    private static ChatEvent part(int choice, Content content) {
        return new ChatEvent.PartStarted(choice, 0, content, Wire.NONE);
    }

    private static Content foreign(int number) {
        return new Content.Vendor(Dialect.OPENAI_RESPONSES, Json.parse("{\"type\":\"call_" + number + "\"}"));
    }

    @Test
    void namesEachThingOnceInTheProvidersWords() {
        AnswerLosses losses = losses(Dialect.ANTHROPIC_MESSAGES);

        losses.accept(part(0, foreign(1)));
        losses.accept(part(0, foreign(1)));
        losses.accept(part(0, foreign(2)));

        assertThat(losses.names()).containsExactly("answer.call_1", "answer.call_2");
    }

    @Test
    void onlyAClientOfChatCompletionsIsShownASecondChoice() {
        for (Dialect caller : List.of(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES)) {
            AnswerLosses losses = losses(caller);
            losses.accept(part(1, new Content.Text("")));
            assertThat(losses.names()).containsExactly("answer.choices[]");
        }
        AnswerLosses losses = losses(Dialect.OPENAI_CHAT);
        losses.accept(part(1, new Content.Text("")));
        assertThat(losses.names()).isEmpty();
    }

    @Test
    void aClientOfLegacyFunctionsIsShownOneCall() {
        Extras legacy = Extras.of(Dialect.OPENAI_CHAT, Map.of(AnswerLosses.ONE_FUNCTION_CALL, Json.parse("true")));
        AnswerLosses losses =
                new AnswerLosses(asked(Dialect.OPENAI_CHAT).extras(legacy).build());

        losses.accept(part(0, new Content.ToolCall("a", "f", "{}")));
        assertThat(losses.names()).isEmpty();
        losses.accept(part(0, new Content.ToolCall("b", "f", "{}")));

        assertThat(losses.names()).containsExactly("answer.tool_calls[]");
    }

    @Test
    void anAnswerThatInventsNamesFillsNoHeader() {
        AnswerLosses losses = losses(Dialect.OPENAI_CHAT);

        for (int i = 0; i < 1_000; i++) {
            losses.accept(part(0, foreign(i)));
        }

        assertThat(losses.names()).hasSize(33).endsWith("answer...");
    }

    private static ChatEvent end(Dialect of, String untold, Wire wire) {
        Extras extras = Extras.of(of, Map.of(Untold.MARK, Json.parse(untold), "novel", Json.parse("1")));
        return new ChatEvent.Finished(0, StopReason.END_TURN, null, extras, wire);
    }

    private static ChatEvent text(Wire wire) {
        return new ChatEvent.TextDelta(0, 0, "a", wire);
    }

    private static Wire wire(Dialect of, String... untold) {
        return Wire.of(WireForm.event(of, null, new byte[0], 1, List.of(untold)), 0);
    }

    /** From the first change on a stream of Responses is written anew, and what its end tells is kept. */
    @Test
    void ofResponsesAllIsLostThatTheEndDoesNotTellWhereAnythingIsWrittenAnew() {
        Dialect dialect = Dialect.OPENAI_RESPONSES;
        String untold = "{'zap':1,'novel':1}".replace('\'', '"');
        ChatEvent end = end(dialect, untold, wire(dialect));
        assertThat(told(dialect, text(wire(dialect)), end)).isEmpty();
        assertThat(told(dialect, text(Wire.NONE), end)).containsExactly("answer.zap");
        assertThat(told(dialect, text(wire(dialect)), end(dialect, untold, Wire.NONE)))
                .containsExactly("answer.zap");
        assertThat(told(dialect, new ChatEvent.Ping(Wire.NONE), end)).isEmpty();
    }

    /** Of Chat and Messages each frame is, or is not. */
    @Test
    void ofOtherFormatsThatIsLostWhichAnyFrameHadThatIsWrittenAnew() {
        for (Dialect dialect : List.of(Dialect.OPENAI_CHAT, Dialect.ANTHROPIC_MESSAGES)) {
            ChatEvent zap = text(wire(dialect, "zap"));
            ChatEvent anew = text(Wire.NONE);
            ChatEvent end = end(dialect, "{\"zap\":2}", wire(dialect));
            assertThat(told(dialect, zap, zap, end)).isEmpty();
            assertThat(told(dialect, zap, anew, end)).containsExactly("answer.zap");
            assertThat(told(dialect, anew, anew, end)).containsExactly("answer.zap");
            assertThat(told(dialect, anew, text(wire(dialect)), end(dialect, "{}", Wire.NONE)))
                    .isEmpty();
            ChatEvent ofEnd = end(dialect, "{\"zap\":1}", wire(dialect, "zap"));
            assertThat(told(dialect, text(wire(dialect)), ofEnd)).isEmpty();
        }
    }

    @Test
    void aFrameGoesOutAsItCameOnlyWhenAllOfItsEventsDo() {
        Dialect dialect = Dialect.ANTHROPIC_MESSAGES;
        WireForm form = WireForm.event(dialect, null, new byte[0], 2, List.of("zap"));
        ChatEvent first = text(Wire.of(form, 0));
        ChatEvent second = text(Wire.of(form, 1));
        ChatEvent end = end(dialect, "{\"zap\":1}", wire(dialect));
        assertThat(told(dialect, first, second, end)).isEmpty();
        assertThat(told(dialect, second, first, end)).containsExactly("answer.zap");
        assertThat(told(dialect, first, end)).containsExactly("answer.zap");
        assertThat(told(dialect, first, text(Wire.NONE), second, end)).containsExactly("answer.zap");
        assertThat(told(dialect, first, text(Wire.NONE), end)).containsExactly("answer.zap");
    }

    private static List<String> told(Dialect caller, ChatEvent... events) {
        AnswerLosses losses = losses(caller);
        List.of(events).forEach(losses::accept);
        return losses.names();
    }

    @Test
    void anApplicationThatBuildsItsRequestReadsAllThereIs() {
        AnswerLosses losses =
                new AnswerLosses(ChatRequest.builder("m").user("hi").build());

        losses.accept(part(0, foreign(1)));

        assertThat(losses.names()).isEmpty();
    }

    @Test
    void whereNothingIsLostNothingIsAllocated() {
        AnswerLosses losses = losses(Dialect.ANTHROPIC_MESSAGES);
        List<ChatEvent> events = List.of(
                part(0, new Content.Text("")),
                new ChatEvent.TextDelta(0, 0, "a word", Wire.NONE),
                new ChatEvent.PartEnded(0, 0, Wire.NONE),
                new ChatEvent.Finished(0, StopReason.END_TURN, null, Extras.NONE, Wire.NONE));

        long allocated = Long.MAX_VALUE;
        for (int tries = 0; tries < 5; tries++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 40_000; i++) {
                losses.accept(events.get(i & 3));
            }
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(allocated).isLessThan(10_000);
    }
}
