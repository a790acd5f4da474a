package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.AnswerSummary;
import dev.llmgateway.api.Attempt;
import dev.llmgateway.api.AttemptHandler;
import dev.llmgateway.api.AttemptInterceptor;
import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Outcome;
import dev.llmgateway.api.OutcomeChatStream;
import dev.llmgateway.api.spi.ProviderService;
import dev.llmgateway.api.spi.RouteTarget;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.ir.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client's span of each request to a provider, from its sending to the end of its answer, below the call's own; the
 * provider is told of it. Measures what it took. Thread safe.
 */
final class AttemptSpans implements AttemptInterceptor {

    private final Parts parts;

    AttemptSpans(Parts parts) {
        this.parts = parts;
    }

    @Override
    public ChatStream intercept(Attempt attempt, AttemptHandler next) {
        RouteTarget target = attempt.target();
        ProviderService service = target.provider().service();
        parts.services().put(target.provider().id(), service);
        Span span = start(attempt, service);
        long start = parts.ticker().read();
        ChatStream answer;
        try {
            answer = next.attempt(below(span, attempt));
        } catch (RuntimeException | Error e) {
            Duration duration = Duration.ofNanos(parts.ticker().read() - start);
            end(span, attempt, service, new Outcome.Failed(AnswerSummary.nothing(duration), GatewayException.of(e)));
            throw e;
        }
        return new OutcomeChatStream(answer, parts.ticker(), start, outcome -> end(span, attempt, service, outcome));
    }

    private Span start(Attempt attempt, ProviderService service) {
        Exchange exchange = attempt.exchange();
        RouteTarget target = attempt.target();
        SpanBuilder span = parts.tracer()
                .spanBuilder(GenAi.operation(exchange.request()))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(TraceContexts.parent(exchange.options().trace()))
                .setAttribute(GenAi.PROVIDER, service.name());
        RequestAttributes.set(span, exchange, model(target));
        String api = apiType(target.provider().dialectOf(exchange.request(), target.model()));
        if (api != null) {
            span.setAttribute(GenAi.API_TYPE, api);
        }
        if (service.address() != null) {
            span.setAttribute(GenAi.SERVER_ADDRESS, service.address());
            span.setAttribute(GenAi.SERVER_PORT, (long) service.port());
        }
        return span.startSpan();
    }

    private String model(RouteTarget target) {
        return parts.models().withoutSecrets(target.provider().id(), target.model());
    }

    /** Which of OpenAI's APIs for chats it is, by the convention's words; null when it is another's. */
    private static @Nullable String apiType(@Nullable Dialect dialect) {
        return switch (dialect) {
            case null -> null;
            case OPENAI_CHAT -> "chat_completions";
            case OPENAI_RESPONSES -> "responses";
            case ANTHROPIC_MESSAGES, OPENAI_EMBEDDINGS -> null;
        };
    }

    private static Attempt below(Span span, Attempt attempt) {
        Exchange exchange = attempt.exchange();
        CallOptions options = exchange.options();
        CallOptions traced = options.withTrace(TraceContexts.below(span, options.trace()));
        return new Attempt(exchange.withOptions(traced), attempt.target(), attempt.cancellation());
    }

    private void end(Span span, Attempt attempt, ProviderService service, Outcome outcome) {
        RouteTarget target = attempt.target();
        boolean hasAnswered = outcome.answer().origin() != null;
        String provider = target.provider().id();
        String label = hasAnswered
                ? parts.models().ofAnswering(provider, target.model())
                : parts.models().ofFailing(provider, target.model());
        ChatRequest request = attempt.exchange().request();
        boolean isStream = request.stream();
        measure(request, service, label, outcome);
        span.updateName(Parts.spanName(attempt.exchange(), label));
        if (hasAnswered) {
            span.setAttribute(GenAi.RESPONSE_MODEL, model(target));
        }
        OutcomeAttributes.set(span, outcome, isStream);
        OutcomeAttributes.usage(span, outcome.answer().usage());
        span.end();
    }

    private void measure(ChatRequest request, ProviderService service, String model, Outcome outcome) {
        AnswerSummary answer = outcome.answer();
        Attributes ended =
                parts.attributes().of(request, service, model, GenAi.ERROR, OutcomeAttributes.errorType(outcome));
        GenAiInstruments instruments = parts.instruments();
        instruments.clientDuration.record(GenAiInstruments.seconds(answer.duration()), ended);
        if (request.stream() && answer.firstContent() != null) {
            Attributes begun = parts.attributes().of(request, service, model, GenAi.ERROR, null);
            instruments.clientFirstChunk.record(GenAiInstruments.seconds(answer.firstContent()), begun);
        }
        Usage usage = answer.usage();
        if (usage != null) {
            instruments.clientTokens.record(
                    usage.totalInput(), parts.attributes().of(request, service, model, GenAi.TOKEN_TYPE, "input"));
            instruments.clientTokens.record(
                    usage.output(), parts.attributes().of(request, service, model, GenAi.TOKEN_TYPE, "output"));
        }
    }
}
