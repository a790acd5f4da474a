package dev.llmgateway.providers.simulated;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Remembers the last requests and counts what became of all. Safe for use by several threads. */
final class Journal {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /** Ids are made of these, and two vendors have none in common. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
    private final Semaphore disconnects = new Semaphore(0);
    private final AtomicLong disconnectCount = new AtomicLong();
    private long bytes;
    private long received;
    private long awaited;

    Journal(int limit) {
        this.limit = limit;
    }

    /** Keeps the request, forgetting the oldest ones beyond the bounds; its number, which no other request of any has. */
    long add(ReceivedRequest request) {
        lock.lock();
        try {
            received++;
            requests.addLast(request);
            bytes += request.body().length;
            while (requests.size() > limit || (bytes > MAX_BYTES && requests.size() > 1)) {
                bytes -= requests.removeFirst().body().length;
            }
            arrived.signalAll();
            return NUMBERS.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    long count() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** The next request that no earlier call has returned, or null when the time is over. */
    @Nullable
    ReceivedRequest await(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (awaited >= received) {
                if (left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
            long firstKept = received - requests.size();
            awaited = Math.max(awaited, firstKept) + 1;
            return requests.stream().skip(awaited - 1 - firstKept).findFirst().orElse(null);
        } finally {
            lock.unlock();
        }
    }

    void disconnected() {
        disconnectCount.incrementAndGet();
        disconnects.release();
    }

    long disconnects() {
        return disconnectCount.get();
    }

    /** Whether a client left, since the last successful call, before its answer was complete. */
    boolean awaitDisconnect(Duration timeout) throws InterruptedException {
        return disconnects.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
