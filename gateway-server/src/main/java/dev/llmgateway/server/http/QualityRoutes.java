package dev.llmgateway.server.http;

import dev.llmgateway.server.analytics.QualityAnalytics;
import dev.llmgateway.server.management.Management;
import dev.llmgateway.server.management.ModelScores;
import dev.llmgateway.server.management.QualityReports;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The routes by which models' quality is reported, judged and set. */
final class QualityRoutes {

    private static final String SCOPE_HEADER = "x-gateway-scope";
    private static final String SCOPE = "signal-submission";

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private static final String MODEL = "model_id";
    private static final String SCORES = "/v1/catalog/<" + MODEL + ">/scores";

    private final QualityReports reports;
    private final ModelScores scores;
    private final QualityAnalytics quality;
    private final boolean reportsNeedScope;
    private final BodyReader bodies;

    /**
     * Routes.
     *
     * @param management answers
     * @param reportsNeedScope whether only callers that name the scope {@code signal-submission} may report
     */
    QualityRoutes(Management management, boolean reportsNeedScope, BodyReader bodies) {
        this.reports = management.reports();
        this.scores = management.scores();
        this.quality = management.quality();
        this.reportsNeedScope = reportsNeedScope;
        this.bodies = bodies;
    }

    /** To be called before the routes of single cards, whose ids have slashes too: the first that matches is taken. */
    void register(RoutesConfig routes) {
        routes.post("/v1/signals", this::report);
        routes.get("/v1/signals", context -> HttpAnswers.json(context, 200, reports.drain()));
        routes.post("/v1/alerts", context -> answer(context, 200, reports::alerts));
        routes.post(
                SCORES + "/rollback", context -> answer(context, 200, body -> scores.rollback(model(context), body)));
        routes.post(SCORES, context -> answer(context, 200, body -> scores.update(model(context), body)));
        routes.get("/v1/quality", new TabularEndpoint(quality.models()));
        routes.get("/v1/quality/<" + MODEL + ">", this::quality);
        routes.get(SCORES, context -> HttpAnswers.json(context, 200, scores.show(model(context))));
    }

    private void quality(Context context) throws IOException {
        String model = model(context);
        new TabularEndpoint(quality.model(model).orElseThrow(() -> scores.unknown(model))).handle(context);
    }

    private void report(Context context) throws IOException {
        if (reportsNeedScope && !hasScope(context.req())) {
            throw HttpRefusal.missingScope(SCOPE_HEADER, SCOPE);
        }
        answer(context, 202, reports::record);
    }

    /** Scopes are separated by commas or spaces; the header may come more than once. */
    private static boolean hasScope(HttpServletRequest request) {
        return Collections.list(request.getHeaders(SCOPE_HEADER)).stream()
                .flatMap(SEPARATOR::splitAsStream)
                .anyMatch(SCOPE::equals);
    }

    private static String model(Context context) {
        return context.pathParam(MODEL);
    }

    private void answer(Context context, int status, UnaryOperator<byte[]> answers) throws IOException {
        try (BodyReader.Body body = bodies.read(context.req())) {
            HttpAnswers.json(context, status, answers.apply(body.bytes()));
        }
    }
}
