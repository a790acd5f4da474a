package dev.llmgateway.api.shadow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Does some tasks at a time on virtual threads, while some more wait; takes no others. Thread safe. */
final class Crew {

    private final int mostAtWork;
    private final int mostTasks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allDone = lock.newCondition();
    /* Guarded by the lock. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    /** Threads; one that has just begun may not have its task yet. */
    private int atWork;
    /** Tasks that wait or are at work. */
    private int tasks;

    private boolean isClosed;

    Crew(int mostAtWork, int mostWaiting) {
        this.mostAtWork = mostAtWork;
        this.mostTasks = mostAtWork + mostWaiting;
    }

    /** Takes a task, which must not throw; false when it has no room or is closed. Never waits for a task. */
    boolean take(Runnable task) {
        lock.lock();
        try {
            if (isClosed || tasks == mostTasks) {
                return false;
            }
            waiting.add(task);
            tasks++;
            if (atWork < mostAtWork) {
                atWork++;
                Thread.ofVirtual().name("llm-gateway-shadow").start(this::work);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Runnable task = next(0);
        while (task != null) {
            task.run();
            task = next(1);
        }
    }

    private @Nullable Runnable next(int done) {
        lock.lock();
        try {
            tasks -= done;
            Runnable task = waiting.poll();
            if (task == null) {
                atWork--;
                allDone.signalAll();
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is nothing to do. */
    void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (atWork > 0) {
                allDone.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and forgets what waits; what is at work goes on. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            tasks -= waiting.size();
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
