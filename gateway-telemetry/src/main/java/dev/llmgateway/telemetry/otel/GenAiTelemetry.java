package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.AttemptStage;
import dev.llmgateway.api.Gateway;
import dev.llmgateway.api.Stage;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import java.util.function.UnaryOperator;

/**
 * Tells any OpenTelemetry of a gateway's calls, by its conventions for generative AI: a span {@code chat <model>} of each call, a
 * client's span of each request to a provider below it, and the metrics {@code gen_ai.client.*} and {@code gen_ai.server.*}.
 *
 * <pre>{@code
 * Gateway.Builder builder = Gateway.builder().provider(Providers.openAi("openai", key));
 * Gateway gateway = GenAiTelemetry.of(openTelemetry).watch(builder).build();
 * }</pre>
 *
 * A call is a part of the trace in its options ({@link dev.llmgateway.api.CallOptions#trace}), else of the calling thread's current
 * span; the provider is told of the attempt's span. Never told are prompts, answers, keys and messages of errors. Names that callers
 * invent cannot make ever new metrics or names of spans, see {@link dev.llmgateway.telemetry.ModelLabels}. Immutable.
 */
public final class GenAiTelemetry {

    private static final String SCOPE = "dev.llmgateway";

    private final OpenTelemetry openTelemetry;
    private final Prices prices;
    private final UnaryOperator<String> clean;
    private final Ticker ticker;
    private final SpanKind kind;

    private GenAiTelemetry(
            OpenTelemetry openTelemetry, Prices prices, UnaryOperator<String> clean, Ticker ticker, SpanKind kind) {
        this.openTelemetry = openTelemetry;
        this.prices = prices;
        this.clean = clean;
        this.ticker = ticker;
        this.kind = kind;
    }

    /**
     * Telemetry of a gateway within an application; no prices are known.
     *
     * @param openTelemetry stays the caller's to close
     */
    public static GenAiTelemetry of(OpenTelemetry openTelemetry) {
        return new GenAiTelemetry(
                openTelemetry, Prices.UNKNOWN, UnaryOperator.identity(), Ticker.system(), SpanKind.INTERNAL);
    }

    /** The same where models that have a price always keep their names. */
    public GenAiTelemetry withPrices(Prices known) {
        return new GenAiTelemetry(openTelemetry, known, clean, ticker, kind);
    }

    /**
     * The same without the secrets that callers write into models' names.
     *
     * @param names takes secrets out of a text, and returns an equal text when there is none; quick, and thread safe
     */
    public GenAiTelemetry withCleanNames(UnaryOperator<String> names) {
        return new GenAiTelemetry(openTelemetry, prices, names, ticker, kind);
    }

    /** The same by the ticker of a gateway that has one of its own. */
    public GenAiTelemetry withTicker(Ticker gateways) {
        return new GenAiTelemetry(openTelemetry, prices, clean, gateways, kind);
    }

    /** The same for a gateway that is asked over a network: spans of calls are a server's. */
    public GenAiTelemetry asServer() {
        return new GenAiTelemetry(openTelemetry, prices, clean, ticker, SpanKind.SERVER);
    }

    /**
     * Watches all calls of the gateway that is built.
     *
     * @return the builder
     * @throws IllegalArgumentException when its places for telemetry are filled already
     */
    public Gateway.Builder watch(Gateway.Builder gateway) {
        Parts parts = new Parts(
                openTelemetry.getTracer(SCOPE),
                new GenAiInstruments(openTelemetry.getMeter(SCOPE)),
                prices,
                clean,
                ticker);
        return gateway.stage(Stage.TELEMETRY, new CallSpans(parts, kind))
                .attemptStage(AttemptStage.TELEMETRY, new AttemptSpans(parts));
    }
}
