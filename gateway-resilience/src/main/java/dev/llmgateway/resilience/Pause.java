package dev.llmgateway.resilience;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Sleeper;
import java.time.Duration;

/** A wait of one thread that ends early when its call is cancelled. */
final class Pause {

    private Pause() {}

    /**
     * Waits.
     *
     * @throws GatewayException the cancellation's reason, as soon as there is one; or when the thread is interrupted
     */
    static void sleep(Duration time, Sleeper sleeper, Cancellation cancellation) {
        Interrupter interrupter = new Interrupter();
        Runnable cut = interrupter::cut;
        cancellation.onCancel(cut);
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            if (!interrupter.wasCut()) {
                Thread.currentThread().interrupt();
                throw new GatewayException.Cancelled("the calling thread was interrupted");
            }
        } finally {
            cancellation.forget(cut);
            interrupter.end();
        }
        if (cancellation.isCancelled()) {
            throw cancellation.reasonOr(new GatewayException.Cancelled("the call was cancelled"));
        }
    }
}
