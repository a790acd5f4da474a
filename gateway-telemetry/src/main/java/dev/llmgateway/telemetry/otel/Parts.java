package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Ticker;
import dev.llmgateway.api.spi.Prices;
import dev.llmgateway.api.spi.ProviderService;
import dev.llmgateway.telemetry.ModelLabels;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What spans of calls and of attempts share.
 *
 * @param models labels of models that were asked
 * @param asked labels of names that callers wrote
 * @param services what is behind the providers that were asked, by their ids, of which there are as many as are configured
 */
record Parts(
        Tracer tracer,
        GenAiInstruments instruments,
        AttributeSets attributes,
        ModelLabels models,
        ModelLabels asked,
        Map<String, ProviderService> services,
        Ticker ticker) {

    Parts(Tracer tracer, GenAiInstruments instruments, Prices prices, UnaryOperator<String> clean, Ticker ticker) {
        this(
                tracer,
                instruments,
                new AttributeSets(),
                new ModelLabels(prices, clean),
                new ModelLabels(Prices.UNKNOWN, clean),
                new ConcurrentHashMap<>(),
                ticker);
    }

    /** The name of a span about a model, by the model's label. */
    static String spanName(Exchange exchange, String label) {
        String operation = GenAi.operation(exchange.request());
        return label.equals(ModelLabels.OTHER) ? operation : operation + " " + label;
    }
}
