package dev.llmgateway.server.http;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.anthropic.CountTokens;
import dev.llmgateway.routing.NamedModelRouter;
import dev.llmgateway.server.tokens.TokenCounter;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;

/**
 * {@code POST /v1/messages/count_tokens}: counts here, without asking a provider. The header {@code x-gateway-token-count}
 * tells whether the count is {@code exact} or an {@code estimate}.
 */
final class CountTokensEndpoint implements Handler {

    private final NamedModelRouter router;
    private final BodyReader bodies;
    private final TokenCounter counter = new TokenCounter();

    CountTokensEndpoint(NamedModelRouter router, BodyReader bodies) {
        this.router = router;
        this.bodies = bodies;
    }

    @Override
    public void handle(Context context) throws IOException {
        try (BodyReader.Body body = bodies.read(context.req())) {
            ChatRequest request = CountTokens.decode(body.bytes());
            TokenCounter.Count count = counter.count(request, wireId(request));
            context.res().setHeader("x-gateway-token-count", count.exact() ? "exact" : "estimate");
            HttpAnswers.write(context.res(), 200, HttpAnswers.JSON, CountTokens.encode(count.tokens()));
        }
    }

    /** The model that would be asked; an unknown name is an error here as it is there. */
    private String wireId(ChatRequest request) {
        Exchange asked = new Exchange("count", request, CallOptions.defaults(), 0, 0);
        return router.route(asked).targets().get(0).model();
    }
}
