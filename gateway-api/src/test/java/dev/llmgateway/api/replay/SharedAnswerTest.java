package dev.llmgateway.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SharedAnswerTest {

    private static final long LARGE = 1 << 20;
    private static final List<ChatEvent> ANSWER = Source.answer(5);
    private static final GatewayException LEFT = new GatewayException.Cancelled("the client has left");

    private static final Charge SEEN = new Charge(Usage.of(1, 1), true);

    private final List<Ending> endings = new CopyOnWriteArrayList<>();
    private final SharedAnswer shared = new SharedAnswer(Ticker.system(), LARGE, endings::add);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Cancellation leaders = new Cancellation();
    private final Cancellation joiners = new Cancellation();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void readsForALeaderThatIsAloneAndTellsTheRecordedAnswer() {
        Source source = Source.of(ANSWER);

        try (ChatStream stream = shared.lead(Source.call(leaders), source)) {
            assertThat(drain(stream)).isEqualTo(ANSWER);
        }

        assertThat(source.closed).hasValue(1);
        assertThat(endings)
                .singleElement()
                .isInstanceOfSatisfying(
                        Ending.Complete.class,
                        complete -> assertThat(complete.answer().events()).isEqualTo(ANSWER));
        assertThat(leaders.isCancelled()).isFalse();
    }

    @Test
    void givesAllReadersTheSameEventsOfOneCall() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();

        source.permits.release(100);

        assertThat(leader.get()).isEqualTo(ANSWER);
        assertThat(joiner.get()).isEqualTo(again(ANSWER));
        assertThat(source.opened).hasValue(1);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(source.isMisused).isFalse();
    }

    @Test
    void letsNobodyJoinWhatIsOver() {
        Source source = Source.of(ANSWER);
        drain(shared.lead(Source.call(leaders), source));

        assertThat(shared.join(Source.call(joiners))).isNull();
    }

    @Test
    void endsTheCallWhenALeaderThatIsAloneLeavesWhileItOpens() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);

        leaders.cancel(LEFT);

        assertThatThrownBy(() -> result(leader)).isSameAs(LEFT);
        assertThat(endings).singleElement().isInstanceOf(Ending.LetGo.class);
        assertThat(shared.join(Source.call(joiners))).isNull();
    }

    @Test
    void endsTheCallWhenALeaderThatIsAloneLeavesInTheMiddle() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        source.advance(3);

        leaders.cancel(LEFT);

        assertThatThrownBy(() -> result(leader)).isSameAs(LEFT);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void goesOnForTheOthersWhenTheLeaderLeavesWhileItOpens() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();

        leaders.cancel(LEFT);
        source.permits.release(100);

        assertThatThrownBy(() -> result(leader)).isSameAs(LEFT);
        assertThat(joiner.get()).isEqualTo(again(ANSWER));
        assertThat(source.opened).hasValue(1);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void goesOnForTheOthersWhenTheLeaderLeavesInTheMiddle() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();
        source.advance(4);

        leaders.cancel(LEFT);
        assertThatThrownBy(() -> result(leader)).isSameAs(LEFT);
        source.permits.release(100);

        assertThat(joiner.get()).isEqualTo(again(ANSWER));
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(endings).singleElement().isInstanceOf(Ending.Complete.class);
    }

    @Test
    void aJoinerPaysWhenTheLeaderLeftWhileItOpened() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<ChatStream> leader = threads.submit(() -> shared.lead(Source.call(leaders), source));
        await(() -> source.permits.hasQueuedThreads());
        Future<ChatStream> joiner = threads.submit(() -> shared.join(Source.call(joiners)));
        await(() -> shared.readers() == 2);

        leaders.cancel(LEFT);
        source.permits.release(100);
        drain(joiner.get());

        assertThatThrownBy(() -> leader.get().next()).isSameAs(LEFT);
        assertThat(leader.get().charge(SEEN)).isNull();
        assertThat(joiner.get().charge(SEEN)).isEqualTo(Charge.reported(Usage.of(3, 5)));
    }

    @Test
    void aJoinerThatLeavesBeforeTheAnswerBeginsPaysNothing() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        joiners.cancel(LEFT);

        ChatStream joiner = shared.join(Source.call(joiners));

        assertThatThrownBy(joiner::next).isSameAs(LEFT);
        assertThat(joiner.charge(SEEN)).isNull();
        joiner.close();
        source.permits.release(100);
        assertThat(leader.get()).isEqualTo(ANSWER);
    }

    @Test
    void whoeverIsToldToPayPaysAloneAlsoWhenOthersReadOn() throws Exception {
        Source source = Source.of(ANSWER);
        ChatStream leader = shared.lead(Source.call(leaders), source);
        leader.next();
        assertThat(leader.charge(SEEN)).isEqualTo(SEEN);

        ChatStream joiner = shared.join(Source.call(joiners));
        leader.close();
        drain(joiner);

        assertThat(joiner.charge(SEEN)).isNull();
        assertThat(leader.charge(SEEN)).isNotNull();
    }

    @Test
    void freesACancelledJoinerAtOnceWhileTheAnswerHasNotBegun() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();

        joiners.cancel(LEFT);

        assertThatThrownBy(() -> result(joiner)).isSameAs(LEFT);
        source.permits.release(100);
        assertThat(leader.get()).isEqualTo(ANSWER);
    }

    @Test
    void freesACancelledJoinerAtOnceInTheMiddleOfTheAnswer() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();
        source.advance(3);

        joiners.cancel(LEFT);

        assertThatThrownBy(() -> result(joiner)).isSameAs(LEFT);
        source.permits.release(100);
        assertThat(leader.get()).isEqualTo(ANSWER);
    }

    @Test
    void freesACancelledJoinerAtOnceEvenWhenOnlyItWaitsForTheAnswer() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<ChatStream> leader = threads.submit(() -> shared.lead(Source.call(leaders), source));
        await(() -> source.permits.hasQueuedThreads());
        Future<List<ChatEvent>> joiner = join();
        source.advance(3);

        joiners.cancel(LEFT);

        assertThatThrownBy(() -> result(joiner)).isSameAs(LEFT);
        source.permits.release(100);
        assertThat(drain(leader.get())).isEqualTo(ANSWER);
    }

    @Test
    void endsTheCallWhenTheLastOfAllLeaves() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();
        source.advance(3);

        leaders.cancel(LEFT);
        joiners.cancel(LEFT);

        assertThatThrownBy(() -> result(leader)).isSameAs(LEFT);
        assertThatThrownBy(() -> result(joiner)).isSameAs(LEFT);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(endings).singleElement().isInstanceOf(Ending.LetGo.class);
        assertThat(source.isMisused).isFalse();
    }

    @Test
    void readsNothingMoreOnceTheLastReaderHasClosed() throws Exception {
        List<ChatStream> readers = new CopyOnWriteArrayList<>();
        Source source = Source.of(ANSWER).whenTaken(2, () -> readers.forEach(ChatStream::close));
        readers.add(shared.lead(Source.call(leaders), source));
        readers.add(shared.join(Source.call(joiners)));

        assertThatThrownBy(() -> readers.get(1).next()).isInstanceOf(GatewayException.Cancelled.class);

        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(source.taken).hasValue(2);
        assertThat(source.isMisused).isFalse();
    }

    @Test
    void givesUpAJoinerWhoseTimeIsOver() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);

        assertThatThrownBy(() ->
                        shared.join(Source.call(joiners, Duration.ofMillis(5))).next())
                .isInstanceOf(GatewayException.TimedOut.class)
                .hasMessageContaining("whole call");

        source.permits.release(100);
        assertThat(leader.get()).isEqualTo(ANSWER);
    }

    @Test
    void letsAnInterruptedJoinerGo() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();

        joiner.cancel(true);
        await(() -> shared.readers() == 1);

        source.permits.release(100);
        assertThat(leader.get()).isEqualTo(ANSWER);
    }

    @Test
    void tellsAllReadersOfAFailureBehindWhatWasThere() throws Exception {
        GatewayException broken = new GatewayException.TimedOut("silence", false);
        Source source = Source.waiting(ANSWER, broken);
        Future<List<ChatEvent>> leader = lead(source);
        Future<List<ChatEvent>> joiner = join();

        source.permits.release(100);

        assertThatThrownBy(() -> result(leader)).isSameAs(broken);
        assertThatThrownBy(() -> result(joiner)).isSameAs(broken);
        source.awaitClosed();
        assertThat(source.closed).hasValue(1);
        assertThat(endings).containsExactly(new Ending.Failed(broken));
    }

    @Test
    void tellsThoseWhoJoinedWhyThereIsNoAnswer() throws Exception {
        Source source = Source.waiting(ANSWER);
        GatewayException refused = new GatewayException.BudgetExceeded("too dear");
        Future<List<ChatEvent>> leader = lead(source, refused);
        Future<List<ChatEvent>> joiner = join();

        source.permits.release(100);

        assertThatThrownBy(() -> result(leader)).isSameAs(refused);
        assertThatThrownBy(() -> result(joiner)).isSameAs(refused);
    }

    @Test
    void letsThoseWhoJoinedAskOnTheirOwnWhenOnlyTheLeadersTimeWasOver() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source, new GatewayException.TimedOut("the call's time is up", true));
        Future<List<ChatEvent>> joiner = join();

        source.permits.release(100);

        assertThatThrownBy(() -> result(leader)).isInstanceOf(GatewayException.TimedOut.class);
        assertThat(joiner.get()).isEmpty();
    }

    @Test
    void doesNotKeepAnAnswerThatIsTooLargeButLetsItsReadersReadOn() throws Exception {
        SharedAnswer small = new SharedAnswer(Ticker.system(), 1_000, endings::add);
        Source source = Source.of(Source.answer(100));

        try (ChatStream stream = small.lead(Source.call(leaders), source)) {
            assertThat(drain(stream)).isEqualTo(Source.answer(100));
            assertThat(small.join(Source.call(joiners))).isNull();
        }

        assertThat(endings).containsExactly(new Ending.LetGo());
    }

    @Test
    void partsWithAReaderThatIsTooSlowForALargeAnswer() throws Exception {
        SharedAnswer small = new SharedAnswer(Ticker.system(), 1_000, endings::add);
        Source source = Source.waiting(Source.answer(100));
        Future<ChatStream> leader = threads.submit(() -> small.lead(Source.call(leaders), source));
        Future<ChatStream> slow = threads.submit(() -> small.join(Source.call(joiners)));
        await(() -> small.readers() == 2);
        source.permits.release(1_000);

        assertThat(drain(leader.get())).isEqualTo(Source.answer(100));
        assertThatThrownBy(() -> slow.get().next())
                .isInstanceOf(GatewayException.TimedOut.class)
                .hasMessageContaining("too slowly");
    }

    @Test
    void neverWaitsForReadersThatStandStill() throws Exception {
        Source source = Source.waiting(ANSWER);
        Future<List<ChatEvent>> leader = lead(source);
        Future<ChatStream> still = threads.submit(() -> shared.join(Source.call(joiners)));
        await(() -> shared.readers() == 2);

        source.permits.release(100);

        assertThat(leader.get()).isEqualTo(ANSWER);
        assertThat(drain(still.get())).isEqualTo(again(ANSWER));
    }

    private Future<List<ChatEvent>> lead(Source source) throws Exception {
        Future<List<ChatEvent>> leader = threads.submit(() -> read(shared.lead(Source.call(leaders), source)));
        await(() -> source.permits.hasQueuedThreads());
        return leader;
    }

    private Future<List<ChatEvent>> lead(Source source, GatewayException failure) throws Exception {
        Future<List<ChatEvent>> leader = threads.submit(() -> read(shared.lead(Source.call(leaders), exchange -> {
            source.handle(exchange).close();
            throw failure;
        })));
        await(() -> source.permits.hasQueuedThreads());
        return leader;
    }

    private Future<List<ChatEvent>> join() throws Exception {
        int before = shared.readers();
        Future<List<ChatEvent>> joiner = threads.submit(() -> {
            ChatStream stream = shared.join(Source.call(joiners));
            return stream == null ? List.of() : read(stream);
        });
        await(() -> shared.readers() > before);
        return joiner;
    }

    private static List<ChatEvent> read(ChatStream stream) {
        try (stream) {
            return drain(stream);
        }
    }

    private static List<ChatEvent> drain(ChatStream stream) {
        List<ChatEvent> events = new ArrayList<>();
        for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    private static List<ChatEvent> again(List<ChatEvent> events) {
        return events.stream().map(RecordedAnswer::again).toList();
    }

    private static <T> T result(Future<T> future) throws Throwable {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
