package dev.llmgateway.telemetry.otel;

import dev.llmgateway.api.Exchange;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.Sampling;
import io.opentelemetry.api.trace.SpanBuilder;

/** What spans tell of a request: how it was asked, never what. Texts that end an answer are left out, too. */
final class RequestAttributes {

    /** Names are what callers write; longer ones are no model's. */
    private static final int LONGEST_NAME = 256;

    private RequestAttributes() {}

    static void set(SpanBuilder span, Exchange exchange, String model) {
        ChatRequest request = exchange.request();
        span.setAttribute(GenAi.OPERATION, GenAi.operation(request));
        span.setAttribute(GenAi.REQUEST_MODEL, model.substring(0, Math.min(model.length(), LONGEST_NAME)));
        span.setAttribute(GenAi.REQUEST_ID, exchange.id());
        String conversation = exchange.options().routing().conversationId();
        if (conversation != null) {
            span.setAttribute(GenAi.CONVERSATION, conversation);
        }
        if (request.stream()) {
            span.setAttribute(GenAi.REQUEST_STREAM, true);
        }
        if (request.choiceCount() != 1) {
            span.setAttribute(GenAi.REQUEST_CHOICES, (long) request.choiceCount());
        }
        Integer most = request.maxOutputTokens();
        if (most != null && !request.asksForVectors()) {
            span.setAttribute(GenAi.REQUEST_MAX_TOKENS, most.longValue());
        }
        sampling(span, request.sampling());
    }

    private static void sampling(SpanBuilder span, Sampling sampling) {
        if (sampling.temperature() != null) {
            span.setAttribute(GenAi.REQUEST_TEMPERATURE, sampling.temperature());
        }
        if (sampling.topP() != null) {
            span.setAttribute(GenAi.REQUEST_TOP_P, sampling.topP());
        }
        if (sampling.topK() != null) {
            span.setAttribute(GenAi.REQUEST_TOP_K, sampling.topK().doubleValue());
        }
        if (sampling.seed() != null) {
            span.setAttribute(GenAi.REQUEST_SEED, sampling.seed());
        }
    }
}
