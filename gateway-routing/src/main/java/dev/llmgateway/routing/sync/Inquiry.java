package dev.llmgateway.routing.sync;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.spi.Provider;
import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.catalog.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The question to one provider, on a thread of its own. Whatever the provider does stays in here: it may throw anything,
 * or never come back; then its thread is interrupted and left alone.
 */
final class Inquiry {

    /** What came back; the first outcome stands. */
    sealed interface Outcome {
        /** A list, as it was sent. */
        record Listed(List<ModelInfo> models) implements Outcome {}

        /** No list, in a sentence. */
        record Failed(String why) implements Outcome {}
    }

    private static final int LONGEST_ERROR = 300;

    private final Upstream upstream;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Thread thread;

    private Inquiry(Upstream upstream, Duration timeout, Runnable answered) {
        this.upstream = upstream;
        Provider provider = upstream.provider();
        this.thread = Thread.ofVirtual().name("catalog-sync-" + provider.id()).unstarted(() -> {
            outcome.complete(ask(provider, timeout));
            answered.run();
        });
    }

    /**
     * Asks from now on.
     *
     * @param answered is run when the outcome is there
     */
    static Inquiry start(Upstream upstream, Duration timeout, Runnable answered) {
        Inquiry inquiry = new Inquiry(upstream, timeout, answered);
        inquiry.thread.start();
        return inquiry;
    }

    /** A provider is anybody's code, so every failure is caught, those of broken code and exhausted stacks too. */
    private static Outcome ask(Provider provider, Duration timeout) {
        try {
            return new Outcome.Listed(List.copyOf(provider.models(timeout)));
        } catch (GatewayException e) {
            return new Outcome.Failed(shortened(String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            return new Outcome.Failed("provider \"" + provider.id() + "\" failed to list its models ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** Vendors' own words may be in it, of any length. */
    private static String shortened(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + "...";
    }

    Upstream upstream() {
        return upstream;
    }

    /** Whether the provider still has the question. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** The outcome; a provider that has not answered by now has failed. */
    Outcome end() {
        Outcome late =
                new Outcome.Failed("provider \"" + upstream.provider().id() + "\" did not list its models in time");
        if (outcome.complete(late)) {
            thread.interrupt();
        }
        return outcome.join();
    }
}
