package dev.llmgateway.server.http;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.ir.Dialect;
import dev.llmgateway.server.management.CatalogCards;
import dev.llmgateway.server.management.Management;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** Management over HTTP: reads bodies, hands them on, writes what comes back. {@link ManagementGuard} stands in front. */
final class ManagementRoutes {

    private static final String ID = "id";
    private static final List<String> FILTERS = List.of("provider", "status", "capability");
    private static final String CARD = "/v1/catalog/<" + ID + ">";

    private final Management management;
    private final BodyReader bodies;
    private final CallWatcher watcher;
    private final Predicate<URI> isThisGateway;

    /**
     * Routes.
     *
     * @param watcher looks after calls of models
     * @param isThisGateway whether an address is the gateway's own
     */
    ManagementRoutes(Management management, BodyReader bodies, CallWatcher watcher, Predicate<URI> isThisGateway) {
        this.management = management;
        this.bodies = bodies;
        this.watcher = watcher;
        this.isThisGateway = isThisGateway;
    }

    void register(RoutesConfig routes) {
        byte[] profiles = management.routingProfiles();
        routes.get("/v1/routing-profiles", context -> HttpAnswers.json(context, 200, profiles));
        routes.post("/v1/route", this::dryRun);
        routes.post("/v1/nl-query", this::ask);
        routes.post(
                "/v1/catalog/sync",
                context -> HttpAnswers.json(context, 200, management.syncs().sync()));
        routes.get(
                "/v1/catalog/sync-status",
                context -> HttpAnswers.json(context, 200, management.syncs().status()));
        routes.get(
                "/v1/providers",
                context -> HttpAnswers.json(context, 200, management.providers().all()));
        routes.post("/v1/providers", this::addProvider);
        routes.delete("/v1/providers/{" + ID + "}", this::removeProvider);
    }

    void registerCaches(RoutesConfig routes) {
        routes.get(
                "/v1/cache",
                context -> HttpAnswers.json(context, 200, management.caches().show()));
        routes.delete("/v1/cache", this::clearCaches);
        routes.delete("/v1/cache/{" + ID + "}", context -> {
            management.caches().remove(context.pathParam(ID));
            context.res().setStatus(204);
        });
    }

    /** A slash at the end stands before an entry that has no name, as when a script's variable is empty: that is not all of them. */
    private void clearCaches(Context context) throws IOException {
        if (context.path().endsWith("/")) {
            management.caches().remove("");
        } else {
            HttpAnswers.json(context, 200, management.caches().clear());
        }
    }

    /** To be called when all other routes of the catalog are there: ids of cards have slashes, and so match those, too. */
    void registerCards(RoutesConfig routes) {
        routes.get("/v1/catalog", this::cards);
        routes.post("/v1/catalog", this::putCard);
        routes.get(
                CARD,
                context -> HttpAnswers.json(context, 200, management.cards().show(context.pathParam(ID))));
        routes.delete(CARD, context -> {
            management.cards().remove(context.pathParam(ID));
            context.res().setStatus(204);
        });
    }

    private void cards(Context context) throws IOException {
        Queries.of(context).keySet().stream()
                .filter(name -> !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw HttpRefusal.badRequest(
                            "query", "has a parameter that is not known: known are " + String.join(", ", FILTERS));
                });
        CatalogCards.Filter filter = new CatalogCards.Filter(
                context.queryParam("provider"), context.queryParam("status"), context.queryParam("capability"));
        HttpAnswers.json(context, 200, management.cards().list(filter));
    }

    private void putCard(Context context) throws IOException {
        try (BodyReader.Body body = bodies.read(context.req())) {
            CatalogCards.Put put = management.cards().put(body.bytes());
            HttpAnswers.json(context, put.isNew() ? 201 : 200, put.json());
        }
    }

    private void dryRun(Context context) throws IOException {
        boolean anthropic = context.req().getHeader(Dialects.ANTHROPIC_VERSION) != null;
        CallOptions headers = CallHeaders.options(
                        context.req(), anthropic ? Dialect.ANTHROPIC_MESSAGES : Dialect.OPENAI_CHAT)
                .requestId(HttpAnswers.requestId(context.req()))
                .build();
        try (BodyReader.Body body = bodies.read(context.req())) {
            HttpAnswers.json(context, 200, management.dryRun().decide(body.bytes(), headers, anthropic));
        }
    }

    private void ask(Context context) throws IOException {
        byte[] question;
        try (BodyReader.Body body = bodies.read(context.req())) {
            question = body.bytes();
        }
        String id = HttpAnswers.requestId(context.req());
        try (OpenCall call = OpenCall.begin(watcher, ChatEndpoint.connection(context.req()))) {
            byte[] answer = management.questions().answer(question, id, call.cancellation());
            call.close();
            HttpAnswers.json(context, 200, answer);
        }
    }

    private void addProvider(Context context) throws IOException {
        try (BodyReader.Body body = bodies.read(context.req())) {
            HttpAnswers.json(context, 201, management.providers().add(body.bytes(), isThisGateway));
        }
    }

    private void removeProvider(Context context) {
        management.providers().remove(context.pathParam(ID));
        context.res().setStatus(204);
    }
}
