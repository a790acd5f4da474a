package dev.llmgateway.server.http;

import dev.llmgateway.api.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after all calls in progress with one thread: those that take longer than a moment are watched for a client that
 * leaves, and silent streams are kept alive. A quick call costs no more than being added and removed.
 */
final class CallWatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CallWatcher.class.getName());

    static final Duration ROUND = Duration.ofMillis(250);

    private final Ticker ticker;
    private volatile boolean stopping;
    private final Set<OpenCall> calls = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("call-watcher").factory());

    CallWatcher(Ticker ticker) {
        this.ticker = ticker;
        rounds.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(OpenCall call) {
        calls.add(call);
        if (stopping) {
            call.gatewayStops();
        }
    }

    void remove(OpenCall call) {
        calls.remove(call);
    }

    /** How many calls are in progress. */
    int size() {
        return calls.size();
    }

    /** Ends all calls, those too that begin from now on; their clients are told so. Does not wait. */
    void endCalls() {
        stopping = true;
        calls.forEach(OpenCall::gatewayStops);
    }

    private void round() {
        long now = ticker.read();
        for (OpenCall call : calls) {
            try {
                call.round(now);
            } catch (RuntimeException e) {
                // One call must not end the rounds of all others: an executor drops a task that throws.
                calls.remove(call);
                LOG.log(Level.WARNING, "a call is no longer watched for a client that leaves", e);
            }
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
