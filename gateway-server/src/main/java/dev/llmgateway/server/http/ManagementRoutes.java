package dev.llmgateway.server.http;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Cancellation;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.server.management.Management;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/** Management over HTTP: reads bodies, hands them on, writes what comes back. {@link ManagementGuard} stands in front. */
final class ManagementRoutes {

    private final Management management;
    private final BodyReader bodies;

    ManagementRoutes(Management management, BodyReader bodies) {
        this.management = management;
        this.bodies = bodies;
    }

    void register(RoutesConfig routes) {
        byte[] profiles = management.routingProfiles();
        routes.get("/v1/routing-profiles", context -> answer(context, 200, profiles));
        routes.post("/v1/route", this::dryRun);
        routes.post(
                "/v1/catalog/sync",
                context -> answer(context, 200, management.syncs().sync()));
        routes.get(
                "/v1/catalog/sync-status",
                context -> answer(context, 200, management.syncs().status()));
    }

    private void dryRun(Context context) throws IOException {
        boolean anthropic = context.req().getHeader(Dialects.ANTHROPIC_VERSION) != null;
        CallOptions headers = CallHeaders.options(
                context.req(),
                anthropic ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT,
                HttpAnswers.requestId(context.req()),
                new Cancellation());
        try (BodyReader.Body body = bodies.read(context.req())) {
            answer(context, 200, management.dryRun().decide(body.bytes(), headers, anthropic));
        }
    }

    private static void answer(Context context, int status, byte[] json) throws IOException {
        HttpAnswers.write(context.res(), status, HttpAnswers.JSON, json);
    }
}
