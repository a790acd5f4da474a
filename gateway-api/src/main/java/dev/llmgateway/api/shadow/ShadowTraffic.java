package dev.llmgateway.api.shadow;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.ForwardingChatStream;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.records.ShadowResult;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.ir.ChatEvent;
import dev.llmgateway.ir.json.JsonDocument;
import dev.llmgateway.ir.tokens.PromptEstimate;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies a part of the calls to a candidate model, after they have been answered to their end, and compares both answers. It belongs
 * into {@link dev.llmgateway.api.Stage#TRANSCRIPT}, where requests are sanitized.
 *
 * <pre>{@code
 * Gateway candidates = Gateway.builder().provider(Providers.groq("groq", key)).build();
 * Gateway.builder().provider(provider).stage(Stage.TRANSCRIPT, ShadowTraffic.to(candidates, "llama-3.3-70b", 0.01, results::add));
 * }</pre>
 *
 * <p>The call is neither delayed nor failed by it. Not copied are calls that failed, were left, or were answered from memory, those
 * that the candidate itself answered, those that it may or can not serve, and those for vectors, which cannot be compared. At most {@value #MOST_AT_WORK} copies run and {@value
 * #MOST_WAITING} wait, none with a request above {@value #MOST_REQUEST_BYTES} bytes; beyond, calls are not copied, and counted. Thread safe.
 */
public final class ShadowTraffic implements Interceptor, AutoCloseable {

    /** So many copies run at a time. */
    public static final int MOST_AT_WORK = 4;

    /** So many copies wait. */
    public static final int MOST_WAITING = 16;

    /** Larger requests are not copied, so that those that wait take little memory. */
    public static final int MOST_REQUEST_BYTES = 512 * 1024;

    /** The same for a request that is not as it came, of which the bytes are not known. */
    private static final int MOST_REQUEST_TOKENS = 64 * 1024;

    /**
     * Which calls are copied where.
     *
     * @param model any name that the gateway of the candidates knows
     * @param sampleRate the part of the calls that is copied, 0..1
     */
    public record Settings(String model, double sampleRate) {

        /** @throws IllegalArgumentException when the rate is out of its range */
        public Settings {
            if (!(sampleRate >= 0 && sampleRate <= 1)) {
                throw new IllegalArgumentException("sampleRate is " + sampleRate + ": it must be from 0 to 1");
            }
        }
    }

    private final ShadowCall.Bench bench;
    private final Settings settings;
    private final DoubleSupplier random;
    private final Ticker ticker;
    private final Consumer<ShadowResult> results;
    private final Cancellation stop = new Cancellation();
    private final Crew crew = new Crew(MOST_AT_WORK, MOST_WAITING);
    private final LongAdder compared = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final DoubleAdder cost = new DoubleAdder();

    /**
     * Shadow traffic.
     *
     * @param candidates asks the candidate; it should have no caches, limits or records. Stays the caller's to close
     * @param results is given what came of each copy; quick and thread safe
     * @param prices what providers take for tokens
     * @param random a call is copied when this gives less than the sample rate, 0 to below 1; thread safe
     * @param ticker the gateway's own
     */
    public ShadowTraffic(
            Gateway candidates,
            Settings settings,
            Consumer<ShadowResult> results,
            Prices prices,
            DoubleSupplier random,
            InstantSource clock,
            Ticker ticker) {
        this.bench = new ShadowCall.Bench(candidates, settings.model(), prices, clock, stop);
        this.settings = settings;
        this.random = random;
        this.ticker = ticker;
        this.results = results;
    }

    /** Shadow traffic that knows no prices. */
    public static ShadowTraffic to(
            Gateway candidates, String model, double sampleRate, Consumer<ShadowResult> results) {
        return new ShadowTraffic(
                candidates,
                new Settings(model, sampleRate),
                results,
                Prices.UNKNOWN,
                () -> ThreadLocalRandom.current().nextDouble(),
                InstantSource.system(),
                Ticker.system());
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        if (exchange.request().asksForVectors() || random.getAsDouble() >= settings.sampleRate()) {
            return next.handle(exchange);
        }
        SaidChatStream answer = new SaidChatStream(next.handle(exchange));
        return new OutcomeChatStream(answer, ticker, exchange, outcome -> ended(exchange, answer.said, outcome));
    }

    private static final class SaidChatStream extends ForwardingChatStream {

        private final Said said = new Said();

        private SaidChatStream(ChatStream delegate) {
            super(delegate);
        }

        @Override
        public @Nullable ChatEvent next() {
            ChatEvent event = super.next();
            if (event != null) {
                said.note(event);
            }
            return event;
        }
    }

    private void ended(Exchange exchange, Said said, Outcome outcome) {
        AnswerSummary answer = outcome.answer();
        if (!(outcome instanceof Outcome.Completed)
                || answer.origin() == null
                || answer.origin().isAgain()) {
            return;
        }
        ShadowCall call = new ShadowCall(bench, exchange, said, answer);
        if (!isSmall(exchange) || !crew.take(() -> run(call))) {
            dropped.increment();
        }
    }

    private static boolean isSmall(Exchange exchange) {
        JsonDocument wire = exchange.request().wire();
        if (wire != null) {
            return wire.bytes().length <= MOST_REQUEST_BYTES;
        }
        PromptEstimate prompt = exchange.prompt() == null ? PromptEstimate.of(exchange.request()) : exchange.prompt();
        return !prompt.hasImages() && prompt.tokens() <= MOST_REQUEST_TOKENS;
    }

    private void run(ShadowCall call) {
        ShadowResult result = call.result();
        if (result == null) {
            skipped.increment();
            return;
        }
        (result.isAnswered() ? compared : failed).increment();
        if (result.candidate().costUsd() != null) {
            cost.add(result.candidate().costUsd());
        }
        results.accept(result);
    }

    /** How many answers were compared. */
    public long compared() {
        return compared.sum();
    }

    /** How often the candidate failed. */
    public long failed() {
        return failed.sum();
    }

    /** How many calls the candidate was not asked for, since it may not, or cannot, serve them, or answered them itself. */
    public long skipped() {
        return skipped.sum();
    }

    /** How many calls were not copied since there was no room, or the request is too large. */
    public long dropped() {
        return dropped.sum();
    }

    /** What the candidate took, in US dollars, as far as prices are known. */
    public double costUsd() {
        return cost.sum();
    }

    /** Waits until all copies are done; for tests. */
    public void awaitIdle() throws InterruptedException {
        crew.awaitIdle();
    }

    /** Copies no more calls, and ends the copies that run. Idempotent. */
    @Override
    public void close() {
        crew.close();
        stop.cancel(new GatewayException.Stopping());
    }
}
