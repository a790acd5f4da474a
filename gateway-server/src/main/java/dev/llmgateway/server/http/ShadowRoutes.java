package dev.llmgateway.server.http;

import dev.llmgateway.server.analytics.ShadowReport;
import io.javalin.config.RoutesConfig;

/** The routes that show what came of shadow traffic. {@link ManagementGuard} stands in front. */
final class ShadowRoutes {

    private final ShadowReport report;

    ShadowRoutes(ShadowReport report) {
        this.report = report;
    }

    void register(RoutesConfig routes) {
        routes.get("/v1/shadow", context -> HttpAnswers.json(context, 200, report.pairs(context.queryParamMap())));
        routes.get(
                "/v1/shadow/results",
                context -> HttpAnswers.json(context, 200, report.results(context.queryParamMap())));
    }
}
