package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.spi.ProviderService;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each call, from its beginning to the end of its answer, whoever answered, and measures what its caller had
 * to wait for. Thread safe.
 */
final class CallSpans implements Interceptor {

    /** Stands for the provider where none answered: memory, or a refusal. */
    private static final ProviderService GATEWAY = new ProviderService("llm_gateway", null, 0);

    private final Parts parts;
    private final SpanKind kind;

    CallSpans(Parts parts, SpanKind kind) {
        this.parts = parts;
        this.kind = kind;
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        CallOptions options = exchange.options();
        SpanBuilder builder = parts.tracer()
                .spanBuilder(GenAi.operation(exchange.request()))
                .setSpanKind(kind)
                .setParent(TraceContexts.parent(options.trace()));
        String asked = exchange.request().model();
        RequestAttributes.set(builder, exchange, parts.asked().withoutSecrets("", asked));
        Span span = builder.startSpan();
        Exchange traced = exchange.withOptions(options.withTrace(TraceContexts.below(span, options.trace())));
        ChatStream answer;
        try {
            answer = next.handle(traced);
        } catch (RuntimeException | Error e) {
            Duration duration = Duration.ofNanos(parts.ticker().read() - exchange.startedAt());
            end(span, exchange, new Outcome.Failed(AnswerSummary.nothing(duration), GatewayException.of(e)));
            throw e;
        }
        return new OutcomeChatStream(
                answer, parts.ticker(), exchange.startedAt(), outcome -> end(span, exchange, outcome));
    }

    private void end(Span span, Exchange exchange, Outcome outcome) {
        AnswerSummary answer = outcome.answer();
        Origin origin = answer.origin();
        boolean isStream = exchange.request().stream();
        ProviderService service = service(origin);
        measure(exchange.request(), service, origin, outcome);
        span.updateName(Parts.spanName(exchange, askedName(exchange, origin)));
        span.setAttribute(GenAi.PROVIDER, service.name());
        OutcomeAttributes.set(span, outcome, isStream);
        if (origin != null) {
            span.setAttribute(GenAi.RESPONSE_MODEL, parts.models().withoutSecrets(origin.provider(), origin.model()));
            span.setAttribute(GenAi.FROM_MEMORY, origin.isAgain());
        }
        if (origin != null && !origin.isAgain()) {
            OutcomeAttributes.usage(span, answer.usage());
        }
        span.end();
    }

    private ProviderService service(@Nullable Origin origin) {
        return origin == null || origin.isAgain() ? GATEWAY : parts.services().getOrDefault(origin.provider(), GATEWAY);
    }

    /** What callers ask for may be an alias or anything; the first hundred names that were ever answered are told apart. */
    private String askedName(Exchange exchange, @Nullable Origin origin) {
        String asked = exchange.request().model();
        return origin == null
                ? parts.asked().ofFailing("", asked)
                : parts.asked().ofAnswering("", asked);
    }

    private void measure(ChatRequest request, ProviderService service, @Nullable Origin origin, Outcome outcome) {
        AnswerSummary answer = outcome.answer();
        String model = origin == null ? "" : parts.models().ofAnswering(origin.provider(), origin.model());
        GenAiInstruments instruments = parts.instruments();
        Attributes ended =
                parts.attributes().of(request, service, model, GenAi.ERROR, OutcomeAttributes.errorType(outcome));
        instruments.serverDuration.record(GenAiInstruments.seconds(answer.duration()), ended);
        Duration first = answer.firstContent();
        if (!request.stream() || first == null) {
            return;
        }
        Attributes begun = parts.attributes().of(request, service, model, GenAi.ERROR, null);
        instruments.serverFirstToken.record(GenAiInstruments.seconds(first), begun);
        Usage usage = answer.usage();
        if (outcome instanceof Outcome.Completed && usage != null && usage.output() > 1) {
            double rest = GenAiInstruments.seconds(answer.duration().minus(first));
            instruments.serverPerToken.record(rest / (usage.output() - 1), begun);
        }
    }
}
