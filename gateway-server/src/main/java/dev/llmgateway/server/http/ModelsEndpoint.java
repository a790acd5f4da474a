package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.NamedModelRouter;
import dev.llmgateway.routing.catalog.ModelCard;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /v1/models}: the models that can be asked for, aliases first, in the shape of the caller's dialect. Paging
 * parameters are ignored: the list is short and always whole.
 */
final class ModelsEndpoint implements Handler {

    private final Dialects dialects;
    private final byte[] openAi;
    private final byte[] anthropic;

    ModelsEndpoint(Dialects dialects, NamedModelRouter router) {
        this.dialects = dialects;
        List<ModelInfo> models = models(router);
        this.openAi = dialects.openAi().encodeModels(models);
        this.anthropic = dialects.anthropic().encodeModels(models);
    }

    private static List<ModelInfo> models(NamedModelRouter router) {
        List<ModelInfo> models = new ArrayList<>();
        router.aliases().keySet().stream()
                .sorted()
                .forEach(alias -> models.add(new ModelInfo(alias, alias, 0, "llm-gateway", null)));
        for (ModelCard card : router.servedCards()) {
            models.add(new ModelInfo(card.id(), card.name(), 0, card.vendor(), null));
        }
        return models;
    }

    @Override
    public void handle(Context context) throws IOException {
        byte[] body = dialects.of(context.req()) == dialects.anthropic() ? anthropic : openAi;
        HttpAnswers.write(context.res(), 200, HttpAnswers.JSON, body);
    }
}
