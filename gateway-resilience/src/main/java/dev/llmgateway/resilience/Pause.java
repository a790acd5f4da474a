package dev.llmgateway.resilience;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Sleeper;
import java.time.Duration;

/** One wait of one thread that ends early when its call is cancelled. */
final class Pause {

    private final Thread thread = Thread.currentThread();
    private boolean waits = true;
    private boolean wasCut;

    private Pause() {}

    /**
     * Waits.
     *
     * @throws GatewayException the cancellation's reason, as soon as there is one; or when the thread is interrupted
     */
    static void sleep(Duration time, Sleeper sleeper, Cancellation cancellation) {
        Pause pause = new Pause();
        Runnable cut = pause::cut;
        cancellation.onCancel(cut);
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            if (!pause.wasCut()) {
                Thread.currentThread().interrupt();
                throw new GatewayException.Cancelled("the calling thread was interrupted");
            }
        } finally {
            cancellation.forget(cut);
            pause.end();
        }
        if (cancellation.isCancelled()) {
            throw cancellation.reasonOr(new GatewayException.Cancelled("the call was cancelled"));
        }
    }

    private synchronized void cut() {
        if (waits) {
            wasCut = true;
            thread.interrupt();
        }
    }

    private synchronized boolean wasCut() {
        return wasCut;
    }

    /** After this no interrupt of ours can come; takes one back that came too late to end the wait. */
    private synchronized void end() {
        waits = false;
        if (wasCut) {
            Thread.interrupted();
        }
    }
}
