package dev.llmgateway.api.replay;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Charge;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.replay.EventChain.Link;
import dev.llmgateway.ir.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer that several callers read while it arrives, each at its own pace: the <i>leader</i> asks, whoever comes in the
 * meantime joins, and all see the same events from the first to the last. For one call of {@link #lead}; thread safe.
 *
 * <p>The answer belongs to all its readers: it goes on when the leader leaves, and ends when the last reader does. So the
 * call runs under a cancellation of its own. It keeps the leader's deadline; a reader with less time leaves earlier. One of them
 * pays for it ({@link Bill}).
 *
 * <p>Events are read when somebody wants them. A leader that is alone opens the call and reads on its own thread, as if
 * nothing were shared; for others, a thread reads for as long as somebody waits. So nobody is bound to a call that is not
 * its own, and can leave it at once. But a leader that is cancelled while it waits inside the call, and was joined
 * meanwhile, stays there for the others until the call has begun, or the next event has come.
 *
 * <p>Nobody reads from the call once it is closed: when the last reader leaves while a thread reads, the call is cancelled, which
 * ends its waiting, and that thread closes it.
 */
public final class SharedAnswer {

    /** How many events are read before they are wanted, when they are there already. */
    private static final int READ_AHEAD = 32;

    private final Ticker ticker;
    private final Consumer<Ending> whenOver;
    private final AtomicBoolean isTold = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Cancellation upstream = new Cancellation();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final EventChain events;
    private final List<SharedReader> readers = new ArrayList<>(2);
    private final Bill bill = new Bill(readers);
    /** Readers that have not left; some that have may not be closed yet. */
    private int present;

    private boolean isLed;
    private boolean isPulling;
    private boolean isComplete;
    private volatile @Nullable ChatStream delegate;
    private @Nullable GatewayException failure;

    /**
     * An answer that nobody asked for yet.
     *
     * @param mostBytes a larger answer cannot be joined, nor is it recorded; those who read it already read on, unless one
     *     of them falls back by more than this
     * @param whenOver is told once, on any thread, when the answer cannot be joined any more; before any reader sees the end
     *     of a complete answer. Must be quick and must not throw
     */
    public SharedAnswer(Ticker ticker, long mostBytes, Consumer<Ending> whenOver) {
        this.ticker = ticker;
        this.whenOver = whenOver;
        this.events = new EventChain(mostBytes);
    }

    /**
     * Asks, for the one caller that leads and all who join.
     *
     * @return an answer that throws at once when the leader has left meanwhile; what it costs can be asked all the same
     * @throws GatewayException when there will be no answer
     */
    public ChatStream lead(Exchange exchange, Handler next) {
        SharedReader reader = new SharedReader(this, exchange, true);
        enter(reader);
        try {
            opened(next.handle(exchange.withOptions(exchange.options().withCancellation(upstream))));
            return reader;
        } catch (RuntimeException | Error e) {
            failed(GatewayException.of(e));
            reader.close();
            throw e;
        }
    }

    /**
     * Reads the answer too. Waits until it begins.
     *
     * @return null when this cannot be joined (any more): the caller has to ask on its own. That is also so when the leader's
     *     call ended for a reason that was the leader's alone. An answer that throws at once when the caller has left, or has no more
     *     time
     * @throws GatewayException when there will be no answer
     */
    public @Nullable ChatStream join(Exchange exchange) {
        SharedReader reader = new SharedReader(this, exchange, false);
        if (!enter(reader)) {
            return null;
        }
        try {
            if (hasBegun(reader)) {
                return reader;
            }
            reader.close();
            return null;
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    private boolean enter(SharedReader reader) {
        lock.lock();
        try {
            Link first = events.first();
            if (first == null) {
                return false;
            }
            if (reader.isLeader()) {
                isLed = true;
                bill.openedBy(reader);
            }
            reader.at = first;
            readers.add(reader);
            present++;
        } finally {
            lock.unlock();
        }
        reader.watch();
        return true;
    }

    private void opened(ChatStream stream) {
        boolean isUnused = locked(() -> {
            delegate = stream;
            changed.signalAll();
            return present == 0;
        });
        if (isUnused) {
            closeDelegate();
        }
    }

    private boolean hasBegun(SharedReader reader) {
        GatewayException why = null;
        lock.lock();
        try {
            while (why == null && reader.at != null && delegate == null) {
                if (failure == null) {
                    why = reader.await(changed, ticker);
                } else if (failure.isCallersOwn()) {
                    return false;
                } else {
                    throw failure;
                }
            }
        } finally {
            lock.unlock();
        }
        if (why != null) {
            leave(reader, why);
        }
        return true;
    }

    /** The reader's next event, waiting for it; null at the end. */
    @Nullable
    ChatEvent next(SharedReader reader) {
        GatewayException why = null;
        lock.lock();
        try {
            while (why == null) {
                Link next = reader.requirePresent().next();
                if (next != null) {
                    reader.at = next;
                    return next.event();
                }
                if (isComplete) {
                    return null;
                }
                if (failure != null) {
                    throw failure;
                }
                why = isPulling || delegate == null ? reader.await(changed, ticker) : pullFor(reader, delegate);
            }
        } finally {
            lock.unlock();
        }
        leave(reader, why);
        throw why;
    }

    private @Nullable GatewayException pullFor(SharedReader reader, ChatStream from) {
        isPulling = true;
        if (!isAlone(reader)) {
            Thread.ofVirtual().name("shared-answer").start(() -> pull(from, READ_AHEAD));
            return reader.await(changed, ticker);
        }
        lock.unlock();
        try {
            pull(from, 1);
        } finally {
            lock.lock();
        }
        return null;
    }

    /** The leader's deadline is the call's, so it may wait inside the call; nobody else may. */
    private boolean isAlone(SharedReader reader) {
        return reader.isLeader() && readers.size() == 1;
    }

    private void pull(ChatStream from, int most) {
        try {
            int count = 0;
            boolean goesOn = true;
            while (goesOn) {
                ChatEvent event = from.next();
                if (event == null) {
                    completed();
                    return;
                }
                count++;
                goesOn = append(event) && count < most && from.ready();
            }
            pulled();
        } catch (RuntimeException | Error e) {
            failed(GatewayException.of(e));
        }
    }

    /** Returns whether there is room for events that nobody waits for, and somebody who may come to want them. */
    private boolean append(ChatEvent event) {
        boolean outgrown;
        boolean tooLarge;
        boolean isWanted;
        List<SharedReader> tooSlow = List.of();
        lock.lock();
        try {
            bill.note(event);
            outgrown = events.append(event);
            tooLarge = events.isTooLarge();
            isWanted = present > 0;
            if (tooLarge) {
                tooSlow = readers.stream()
                        .filter(reader -> reader.isFarBehind(events))
                        .toList();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (outgrown) {
            over(new Ending.LetGo());
        }
        tooSlow.forEach(reader -> leave(
                reader, new GatewayException.TimedOut("the answer was read too slowly for it to be kept", false)));
        return isWanted && !tooLarge;
    }

    private void pulled() {
        boolean isUnused = locked(() -> {
            isPulling = false;
            changed.signalAll();
            return readers.isEmpty();
        });
        if (isUnused) {
            closeDelegate();
        }
    }

    /** Whoever keeps the answer is told before the readers, so that nobody can come between and find nothing. */
    private void completed() {
        RecordedAnswer recorded = locked(events::recorded);
        over(recorded == null ? new Ending.LetGo() : new Ending.Complete(recorded));
        finish(null);
    }

    private void failed(GatewayException error) {
        over(new Ending.Failed(error));
        finish(error);
    }

    private void finish(@Nullable GatewayException error) {
        lock.lock();
        try {
            isComplete = error == null;
            failure = error;
            events.letGo();
            isPulling = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        closeDelegate();
    }

    /** The reader wants no more, whoever says so; if it waits, it wakes and throws {@code why}. Null when it was closed. */
    void leave(SharedReader reader, @Nullable GatewayException why) {
        boolean wasLast = false;
        lock.lock();
        try {
            if (reader.at != null) {
                if (!isOver()) {
                    bill.leaves(reader);
                }
                reader.gone(why);
                present--;
                wasLast = present == 0 && isLed && !isOver();
            }
            if (wasLast) {
                events.letGo();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (wasLast) {
            over(new Ending.LetGo());
            upstream.cancel(why == null ? SharedReader.closed() : why);
        }
    }

    /** The reader is done; the call, too, if it was the last. A thread that reads on then closes it: see {@link #pulled}. */
    void close(SharedReader reader) {
        leave(reader, null);
        boolean isUnused = locked(() -> {
            readers.remove(reader);
            return readers.isEmpty() && isLed && !isPulling;
        });
        if (isUnused) {
            closeDelegate();
        }
    }

    /** What a reader who is done has to pay; null when another one pays. */
    @Nullable
    Charge charge(SharedReader reader, Charge read) {
        Charge cost;
        ChatStream from;
        lock.lock();
        try {
            if (!bill.isPaidBy(reader, isOver())) {
                return null;
            }
            cost = isComplete ? bill.whole(read) : read;
            from = delegate;
        } finally {
            lock.unlock();
        }
        return from == null ? cost : from.charge(cost);
    }

    /** Nothing more will come. */
    private boolean isOver() {
        return isComplete || failure != null;
    }

    boolean isReady(SharedReader reader) {
        lock.lock();
        try {
            Link here = reader.at;
            return isComplete
                    || (here != null && here.next() != null)
                    || (delegate != null && !isPulling && isAlone(reader) && delegate.ready());
        } finally {
            lock.unlock();
        }
    }

    /** How many read it or wait for it. */
    int readers() {
        return locked(readers::size);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    private void closeDelegate() {
        ChatStream open = delegate;
        if (open != null && isClosed.compareAndSet(false, true)) {
            open.close();
        }
    }

    private void over(Ending ending) {
        if (isTold.compareAndSet(false, true)) {
            whenOver.accept(ending);
        }
    }
}
