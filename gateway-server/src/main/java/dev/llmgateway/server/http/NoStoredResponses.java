package dev.llmgateway.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * What OpenAI's Responses API offers for answers that were kept. The gateway keeps none, and says so to callers; a
 * provider may have kept them, but under an id that any of its callers could name. Nor does it make conversations shorter.
 */
final class NoStoredResponses {

    static final String ONE = "/v1/responses/{id}";
    static final String CANCEL = "/v1/responses/{id}/cancel";
    static final String INPUT_ITEMS = "/v1/responses/{id}/input_items";

    /** Where Codex has OpenAI make a conversation shorter. */
    static final String COMPACT = "/v1/responses/compact";

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
        routes.post(COMPACT, this::refuseToCompact);
    }

    private void refuseToCompact(Context context) {
        callers.require(context.req());
        throw HttpRefusal.notFound(
                "this gateway does not make conversations shorter (\"compact\"), and it keeps none: let the"
                        + " client do so, by asking a model for a summary, and send the shorter conversation in \"input\"");
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
