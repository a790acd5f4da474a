package dev.llmgateway.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * What OpenAI's Responses API offers for answers that were kept. The gateway keeps none, and says so to callers; a
 * provider may have kept them, but under an id that any of its callers could name.
 */
final class NoStoredResponses {

    static final String ONE = "/v1/responses/{id}";
    static final String CANCEL = "/v1/responses/{id}/cancel";
    static final String INPUT_ITEMS = "/v1/responses/{id}/input_items";

    private static final int LONGEST_SHOWN = 64;

    private final CallerKeys callers;

    NoStoredResponses(CallerKeys callers) {
        this.callers = callers;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, this::refuse);
        routes.delete(ONE, this::refuse);
        routes.post(CANCEL, this::refuse);
        routes.get(INPUT_ITEMS, this::refuse);
    }

    private void refuse(Context context) {
        callers.require(context.req());
        String id = context.pathParam("id");
        String shown = id.length() <= LONGEST_SHOWN ? id : id.substring(0, LONGEST_SHOWN) + "...";
        throw HttpRefusal.notFound("there is no response \"" + shown
                + "\": this gateway keeps no answers to be fetched, ended or deleted later; send the whole conversation in"
                + " \"input\"");
    }
}
