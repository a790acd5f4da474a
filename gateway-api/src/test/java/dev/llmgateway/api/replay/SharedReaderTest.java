package dev.llmgateway.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For how long somebody waits for the next event of an answer that others read, too. */
@Timeout(30)
final class SharedReaderTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<ChatEvent> ANSWER = Source.answer(5);

    /** The call's opening, what begins the answer and its text, and the first piece of that. */
    private static final int TO_FIRST_CONTENT = 4;

    private final AtomicLong now = new AtomicLong();
    private final SharedAnswer shared = new SharedAnswer(now::get, 1 << 20, ending -> {});
    private final Source source = Source.waiting(ANSWER);

    private static Exchange call(boolean isStreamed, CallOptions.Builder options) {
        ChatRequest request =
                ChatRequest.builder("model").user("?").stream(isStreamed).build();
        return new Exchange("call", request, options.build(), 0, LIMIT.toNanos());
    }

    /** One of two readers, so that it waits for what another thread reads of the call. */
    private ChatStream reader(Exchange call, int permits) {
        source.permits.release(permits);
        shared.lead(call(true, CallOptions.builder()), source);
        return shared.join(call);
    }

    private ChatStream readerOfContent(Exchange call) {
        ChatStream reader = reader(call, TO_FIRST_CONTENT);
        ChatEvent event = reader.next();
        while (!(event instanceof ChatEvent.TextDelta)) {
            event = reader.next();
        }
        return reader;
    }

    private void timeIsUp() {
        now.set(LIMIT.toNanos());
    }

    /** The rest of the answer comes once it is waited for. */
    private void comesWhenWaitedFor() {
        Thread.startVirtualThread(() -> {
            while (!source.permits.hasQueuedThreads()) {
                Thread.yield();
            }
            source.permits.release(100);
        });
    }

    @Test
    void whoReadsAStreamThatTellsItsContentOutlastsTheUsualTimeOfACall() {
        ChatStream reader = readerOfContent(call(true, CallOptions.builder()));
        timeIsUp();
        comesWhenWaitedFor();

        int left = ANSWER.size() - (TO_FIRST_CONTENT - 1);
        for (int i = 0; i < left; i++) {
            assertThat(reader.next()).isNotNull();
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void whoSetTheTimeOfItsStreamItselfWaitsNoLonger() {
        ChatStream reader = readerOfContent(call(true, CallOptions.builder().timeout(LIMIT)));
        timeIsUp();

        assertThatThrownBy(reader::next).isInstanceOf(GatewayException.TimedOut.class);
    }

    @Test
    void whoWantsTheWholeAnswerWaitsNoLonger() {
        ChatStream reader = readerOfContent(call(false, CallOptions.builder()));
        timeIsUp();

        assertThatThrownBy(reader::next).isInstanceOf(GatewayException.TimedOut.class);
    }

    @Test
    void aStreamThatHasToldNoContentIsWaitedForNoLonger() {
        ChatStream reader = reader(call(true, CallOptions.builder()), TO_FIRST_CONTENT - 1);
        assertThat(reader.next()).isInstanceOf(ChatEvent.Started.class);
        assertThat(reader.next()).isInstanceOf(ChatEvent.PartStarted.class);
        timeIsUp();

        assertThatThrownBy(reader::next).isInstanceOf(GatewayException.TimedOut.class);
    }
}
