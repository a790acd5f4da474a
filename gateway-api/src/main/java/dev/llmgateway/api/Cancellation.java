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
    private final @Nullable Cancellation parent;
    private boolean discarded;
    private boolean preventedSending;

    /** A fresh one, not cancelled. */
    public Cancellation() {
        this(null);
    }

    private Cancellation(@Nullable Cancellation parent) {
        this.parent = parent;
    }

    /** A cancellation that is cancelled with this one, and can be cancelled alone. */
    public Cancellation child() {
        Cancellation child = new Cancellation(this);
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

    /** Told by a provider whose call was over before any of it was sent: nobody takes anything for it. */
    public void preventedSending() {
        synchronized (this) {
            preventedSending = true;
        }
        if (parent != null) {
            parent.preventedSending();
        }
    }

    /** Whether the provider that was called with it, or with a child of it, was sent nothing. */
    synchronized boolean hasPreventedSending() {
        return preventedSending;
    }

    /** Why it was cancelled, or {@code otherwise} when it was not. */
    public synchronized GatewayException reasonOr(GatewayException otherwise) {
        return reason == null ? otherwise : reason;
    }
}
