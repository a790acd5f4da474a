package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's trace contexts as OpenTelemetry's, and back. */
final class TraceContexts {

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<TraceContext> HEADERS = new Headers();

    private TraceContexts() {}

    /** What spans of a call are made under: its own context, else that of the calling code. */
    static Context parent(@Nullable TraceContext of) {
        return of == null ? Context.current() : W3C.extract(Context.root(), of, HEADERS);
    }

    /**
     * The context of what happens below a span.
     *
     * @param otherwise the context of a span that is none, since nothing is traced
     */
    static @Nullable TraceContext below(Span span, @Nullable TraceContext otherwise) {
        if (!span.getSpanContext().isValid()) {
            return otherwise;
        }
        Map<String, String> headers = HashMap.newHashMap(2);
        W3C.inject(Context.root().with(span), headers, (ignored, name, value) -> headers.put(name, value));
        return TraceContext.parse(headers.get(TraceContext.HEADER), headers.get(TraceContext.STATE_HEADER));
    }

    private static final class Headers implements TextMapGetter<TraceContext> {

        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return switch (key) {
                case TraceContext.HEADER -> carrier.header();
                case TraceContext.STATE_HEADER -> carrier.state();
                default -> null;
            };
        }
    }
}
