package dev.llmgateway.api.cache;

import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Embedder;
import dev.llmgateway.api.spi.Embedding;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An embedder that cannot hurt its callers: it answers in time or not at all, and never throws. One that fails three times in a
 * row is left alone for half a minute, so that calls do not wait for it in vain. Thread safe.
 */
final class CautiousEmbedder {

    private static final Logger LOG = System.getLogger(CautiousEmbedder.class.getName());

    private static final int FAILURES_IN_A_ROW = 3;
    private static final Duration REST = Duration.ofSeconds(30);

    /** Texts that are embedded at a time; more than these, say with an embedder that hangs, are not tried. */
    private static final int AT_ONCE = 64;

    private final Embedder embedder;
    private final Duration timeout;
    private final Ticker ticker;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long restsUntil;

    CautiousEmbedder(Embedder embedder, Duration timeout, Ticker ticker) {
        this.embedder = embedder;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    /**
     * The text's vector of length one; null when there is none, or the call is cancelled first.
     *
     * @param whenPaid is told what it cost, also when it came too late; on any thread
     */
    float @Nullable [] embed(
            String text, Duration timeLeft, Cancellation cancellation, Consumer<Embedding.Cost> whenPaid) {
        if (isResting() || !free.tryAcquire()) {
            return null;
        }
        FutureTask<float[]> task = new FutureTask<>(() -> {
            Embedding embedding = embedder.embedding(text);
            if (embedding.cost() != null) {
                whenPaid.accept(embedding.cost());
            }
            return embedding.vector();
        });
        Runnable stop = () -> task.cancel(true);
        cancellation.onCancel(stop);
        try {
            Thread.ofVirtual().name("embed").start(() -> {
                try {
                    task.run();
                } finally {
                    free.release();
                }
            });
            return outcome(task, timeLeft.compareTo(timeout) < 0 ? timeLeft : timeout);
        } finally {
            cancellation.forget(stop);
        }
    }

    private float @Nullable [] outcome(FutureTask<float[]> task, Duration wait) {
        try {
            float[] unit = Vectors.unit(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
            failures.set(0);
            return unit;
        } catch (CancellationException e) {
            return null;
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return null;
        } catch (TimeoutException e) {
            task.cancel(true);
            failed("it did not answer in time");
            return null;
        } catch (ExecutionException e) {
            failed(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
            return null;
        }
    }

    private boolean isResting() {
        return failures.get() >= FAILURES_IN_A_ROW && ticker.read() - restsUntil < 0;
    }

    private void failed(String why) {
        restsUntil = ticker.read() + REST.toNanos();
        if (failures.incrementAndGet() == FAILURES_IN_A_ROW) {
            LOG.log(
                    Level.WARNING,
                    "the embedder failed {0} times in a row; the semantic cache rests for {1} s: {2}",
                    FAILURES_IN_A_ROW,
                    REST.toSeconds(),
                    why);
        }
    }
}
