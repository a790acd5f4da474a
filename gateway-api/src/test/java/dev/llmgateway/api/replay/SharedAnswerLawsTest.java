package dev.llmgateway.api.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every number of readers, wherever each of them leaves and however the threads run. */
final class SharedAnswerLawsTest {

    private static final int LONGEST = 40;

    /** What a reader does when it has read as much as it wants. */
    private enum Leaving {
        CLOSES,
        IS_CANCELLED
    }

    @Property(tries = 400)
    void everyReaderSeesTheSameEventsAndTheCallEndsOnce(
            @ForAll @IntRange(max = LONGEST) int deltas,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 2 * LONGEST) Integer> wanted,
            @ForAll Leaving leaving,
            @ForAll boolean fails)
            throws Exception {
        List<ChatEvent> answer = Source.answer(deltas);
        Source source = fails
                ? Source.waiting(answer, new GatewayException.TimedOut("silence", false))
                : Source.waiting(answer);
        source.permits.release(1_000_000);
        List<Ending> endings = new CopyOnWriteArrayList<>();
        SharedAnswer shared = new SharedAnswer(Ticker.system(), 1 << 20, endings::add);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        List<Future<List<ChatEvent>>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < wanted.size(); i++) {
                boolean leads = i == 0;
                int most = wanted.get(i);
                readers.add(threads.submit(() -> {
                    go.await();
                    return read(shared, source, leads, most, leaving, outcomes::add);
                }));
            }
            go.countDown();
            for (int i = 0; i < readers.size(); i++) {
                List<ChatEvent> seen = readers.get(i).get(20, TimeUnit.SECONDS);
                boolean isNone = i > 0 && seen.isEmpty();
                int most = isNone ? 0 : Math.min(wanted.get(i), answer.size());
                assertThat(seen).isEqualTo(expected(answer, most, i == 0));
            }
        }
        assertThat(source.opened).hasValue(1);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(source.isMisused).isFalse();
        assertThat(endings).hasSize(1);
        assertThat(shared.readers()).isZero();
        requireOnePays(outcomes, deltas);
    }

    /** Whoever it is: once one has read to the end, it pays for everything. */
    private static void requireOnePays(List<Outcome> outcomes, int deltas) {
        List<Charge> charges = outcomes.stream()
                .map(outcome -> outcome.answer().charge())
                .filter(Objects::nonNull)
                .toList();
        assertThat(charges).hasSize(1);
        if (outcomes.stream().anyMatch(Outcome.Completed.class::isInstance)) {
            assertThat(charges).containsExactly(Charge.reported(Usage.of(3, deltas)));
        }
    }

    private static List<ChatEvent> read(
            SharedAnswer shared, Source source, boolean leads, int most, Leaving leaving, Consumer<Outcome> whenOver) {
        Cancellation cancellation = new Cancellation();
        List<ChatEvent> seen = new ArrayList<>();
        Exchange call = Source.call(cancellation);
        try (ChatStream answer = leads ? shared.lead(call, source) : shared.join(call);
                ChatStream stream =
                        answer == null ? null : new OutcomeChatStream(answer, Ticker.system(), call, whenOver)) {
            while (stream != null && seen.size() < most) {
                ChatEvent event = stream.next();
                if (event == null) {
                    break;
                }
                seen.add(event);
            }
            if (leaving == Leaving.IS_CANCELLED) {
                cancellation.cancel(new GatewayException.Cancelled("left"));
            }
        } catch (GatewayException.TimedOut broken) {
            return seen;
        }
        return seen;
    }

    private static List<ChatEvent> expected(List<ChatEvent> answer, int most, boolean leads) {
        List<ChatEvent> events = answer.subList(0, most);
        return leads ? events : events.stream().map(RecordedAnswer::again).toList();
    }
}
