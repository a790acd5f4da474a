package dev.llmgateway.server.http;

import dev.llmgateway.server.analytics.Analytics;
import dev.llmgateway.server.analytics.RequestHistory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** The routes that show what is remembered of calls. {@link ManagementGuard} stands in front. */
final class RecordRoutes {

    private static final String ID = "id";

    private final Analytics analytics;

    RecordRoutes(Analytics analytics) {
        this.analytics = analytics;
    }

    void register(RoutesConfig routes) {
        RequestHistory history = analytics.history();
        analytics.views().forEach((path, view) -> routes.get(path, new TabularEndpoint(view)));
        routes.get(
                "/v1/requests/{" + ID + "}",
                context -> HttpAnswers.json(
                        context,
                        200,
                        history.request(context.pathParam(ID)).orElseThrow(() -> notKept(context.pathParam(ID)))));
        routes.get(
                "/v1/audit/{" + ID + "}",
                context -> HttpAnswers.json(
                        context,
                        200,
                        history.trace(context.pathParam(ID)).orElseThrow(() -> notKept(context.pathParam(ID)))));
        routes.get(
                "/v1/stats",
                context -> HttpAnswers.json(context, 200, analytics.statistics().show(Queries.of(context))));
        routes.delete(
                "/v1/analytics",
                context -> HttpAnswers.json(context, 200, analytics.erase(Queries.of(context), hasBody(context))));
    }

    private static boolean hasBody(Context context) throws IOException {
        return context.bodyInputStream().read() >= 0;
    }

    private HttpRefusal notKept(String id) {
        return HttpRefusal.notFound("no request \"" + id + "\" is kept"
                + (analytics.history().isPersistent() ? "" : ": without a database, only the latest are"));
    }
}
