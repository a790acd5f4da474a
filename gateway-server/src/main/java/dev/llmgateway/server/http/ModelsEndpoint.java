package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.ModelInfo;
import dev.llmgateway.routing.ModelRouter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/models}: the models that can be asked for, aliases first, in the shape of the caller's dialect. Paging
 * parameters are ignored: the list is short and always whole. It is encoded anew only when it has changed. One of them is at
 * {@code GET /v1/models/<id>}, under any name that calls may have for it.
 */
final class ModelsEndpoint {

    static final String ALL = "/v1/models";

    /** Ids may have slashes in them, as they are or encoded. */
    static final String ONE = "/v1/models/<id>";

    private final Dialects dialects;
    private final ModelRouter router;
    private final CallerKeys callers;
    private volatile @Nullable Encoded last;

    private record Encoded(List<ModelInfo> models, byte[] openAi, byte[] anthropic) {}

    ModelsEndpoint(Dialects dialects, ModelRouter router, CallerKeys callers) {
        this.dialects = dialects;
        this.router = router;
        this.callers = callers;
    }

    void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.get(ONE, this::one);
    }

    private void one(Context context) throws IOException {
        callers.require(context.req());
        ModelInfo model = router.model(context.pathParam("id"));
        HttpAnswers.json(context, 200, dialects.of(context.req()).encodeModel(model));
    }

    private void list(Context context) throws IOException {
        callers.require(context.req());
        Encoded list = encoded(router.models());
        byte[] body = dialects.of(context.req()) == dialects.anthropic() ? list.anthropic : list.openAi;
        HttpAnswers.json(context, 200, body);
    }

    /** The router hands out the same list as long as nothing has changed. */
    @SuppressWarnings("ReferenceEquality")
    private Encoded encoded(List<ModelInfo> models) {
        Encoded known = last;
        if (known == null || known.models != models) {
            known = new Encoded(
                    models,
                    dialects.openAi().encodeModels(models),
                    dialects.anthropic().encodeModels(models));
            last = known;
        }
        return known;
    }
}
