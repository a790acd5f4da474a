package dev.llmgateway.server.http;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.routing.DataClassification;
import dev.llmgateway.api.routing.Refusal;
import dev.llmgateway.api.routing.Refusal.Incapable;
import dev.llmgateway.api.routing.Refusal.NotAuthorised;
import dev.llmgateway.api.routing.Refusal.RetiredModel;
import dev.llmgateway.api.routing.Refusal.TooDear;
import dev.llmgateway.api.routing.Refusal.TooLong;
import dev.llmgateway.api.routing.Refusal.Unavailable;
import dev.llmgateway.api.routing.Refusal.UnknownModel;
import dev.llmgateway.api.routing.RoutingDecision;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.CountTokens;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.routing.ModelRouter;
import dev.llmgateway.server.tokens.TokenCounter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.LongFunction;

/**
 * {@code POST /v1/messages/count_tokens} and {@code POST /v1/responses/input_tokens}: counts here, without asking a
 * provider. The header {@code x-gateway-token-count} tells whether the count is {@code exact} or an {@code estimate}.
 */
final class CountTokensRoutes {

    private final ModelRouter router;
    private final Dialects dialects;
    private final CallerKeys callers;
    private final AnsweredItems items;
    private final BodyReader bodies;
    private final TokenCounter counter = new TokenCounter();

    CountTokensRoutes(
            ModelRouter router, Dialects dialects, CallerKeys callers, AnsweredItems items, BodyReader bodies) {
        this.router = router;
        this.dialects = dialects;
        this.callers = callers;
        this.items = items;
        this.bodies = bodies;
    }

    void register(RoutesConfig routes) {
        routes.post(
                "/v1/messages/count_tokens",
                context -> count(context, (tenant, body) -> CountTokens.decode(body), CountTokens::encode));
        routes.post(
                "/v1/responses/input_tokens",
                context -> count(context, this::withItems, CountTokensRoutes::inputTokens));
    }

    /** Nobody is told more than their number, so that they may be of any level. */
    private ChatRequest withItems(String tenant, byte[] body) {
        return items.decode(dialects.responses(), body, tenant, DataClassification.CLASSIFIED);
    }

    private void count(Context context, BiFunction<String, byte[], ChatRequest> decoder, LongFunction<byte[]> encoder)
            throws IOException {
        String tenant = callers.require(context.req()).tenant();
        try (BodyReader.Body body = bodies.read(context.req())) {
            ChatRequest request = decoder.apply(tenant, body.bytes());
            TokenCounter.Count count = counter.count(request, wireId(request));
            context.res().setHeader("x-gateway-token-count", count.exact() ? "exact" : "estimate");
            HttpAnswers.json(context, 200, encoder.apply(count.tokens()));
        }
    }

    private static byte[] inputTokens(long tokens) {
        return new JsonWriter(64)
                .object()
                .text("object", "response.input_tokens")
                .number("input_tokens", tokens)
                .endObject()
                .toBytes();
    }

    /**
     * The model that would be asked. A name that means no model is an error here as it is there; a request that no model
     * would serve, because it is too long, say, can be counted all the same.
     */
    private String wireId(ChatRequest request) {
        RoutingDecision decision = router.preview(new Exchange("count", request, CallOptions.defaults(), 0, 0));
        Refusal refusal = decision.refusal();
        return switch (refusal) {
            case null -> decision.chain().getFirst().candidate().model();
            case UnknownModel unknown -> throw new GatewayException.ModelNotFound(unknown.sentence());
            case RetiredModel retired ->
                throw GatewayException.ModelNotFound.retired(retired.sentence(), retired.since());
            case NotAuthorised ignored -> decision.resolution().model();
            case Incapable ignored -> decision.resolution().model();
            case TooLong ignored -> decision.resolution().model();
            case Unavailable ignored -> decision.resolution().model();
            case TooDear ignored -> decision.resolution().model();
        };
    }
}
