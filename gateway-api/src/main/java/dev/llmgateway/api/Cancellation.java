package dev.llmgateway.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread end what another waits for. A caller may hold one for its call; each attempt has a child, so that one
 * attempt can be ended alone. Thread safe.
 */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>(2);
    private @Nullable GatewayException reason;
    private boolean discarded;

    /** A fresh one, not cancelled. */
    public Cancellation() {}

    /** A cancellation that is cancelled with this one, and can be cancelled alone. */
    public Cancellation child() {
        Cancellation child = new Cancellation();
        onCancel(() -> child.cancel(reasonOr(new GatewayException.Cancelled("the call was cancelled"))));
        return child;
    }

    /** Ends the call for {@code why}, which its reader will see thrown. The first reason counts; later calls do nothing. */
    public void cancel(GatewayException why) {
        List<Runnable> due;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Runs {@code action} once on cancellation, at once when that was already; it must be quick and must not throw. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Takes an action back: what is over need not be ended. A cancellation may outlive many calls and keeps none. */
    public synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    /** How many actions wait for a cancellation. */
    synchronized int size() {
        return actions.size();
    }

    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /** Ends a try whose answer is not needed any more: the call goes on without it, or has ended, whoever cancelled it first. */
    void discard() {
        synchronized (this) {
            discarded = true;
        }
        cancel(new GatewayException.Cancelled("another target answered first"));
    }

    /** Whether the answer is not needed any more. */
    synchronized boolean isDiscarded() {
        return discarded;
    }

    /** Why it was cancelled, or {@code otherwise} when it was not. */
    public synchronized GatewayException reasonOr(GatewayException otherwise) {
        return reason == null ? otherwise : reason;
    }
}
