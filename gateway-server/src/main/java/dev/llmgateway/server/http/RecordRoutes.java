package dev.llmgateway.server.http;

import dev.llmgateway.server.management.GatewayStatistics;
import dev.llmgateway.server.management.RequestHistory;
import io.javalin.config.RoutesConfig;

/** The routes that show what is remembered of calls. {@link ManagementGuard} stands in front. */
final class RecordRoutes {

    private static final String ID = "id";

    private final RequestHistory history;
    private final GatewayStatistics statistics;

    RecordRoutes(RequestHistory history, GatewayStatistics statistics) {
        this.history = history;
        this.statistics = statistics;
    }

    void register(RoutesConfig routes) {
        routes.get(
                "/v1/requests", context -> HttpAnswers.json(context, 200, history.requests(context.queryParamMap())));
        routes.get(
                "/v1/requests/{" + ID + "}",
                context -> HttpAnswers.json(context, 200, history.request(context.pathParam(ID))));
        routes.get("/v1/audit", context -> HttpAnswers.json(context, 200, history.traces(context.queryParamMap())));
        routes.get(
                "/v1/audit/{" + ID + "}",
                context -> HttpAnswers.json(context, 200, history.trace(context.pathParam(ID))));
        routes.get("/v1/stats", context -> HttpAnswers.json(context, 200, statistics.show(context.queryParamMap())));
    }
}
