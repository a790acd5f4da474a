package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/responses}, by which Codex and others ask for a WebSocket. Status 426 sends them to plain HTTP at once;
 * after any other they try again for seconds. It is given below the servlets, which would take an upgrade for theirs.
 */
final class WebSocketProbe {

    private static final String PATH = "/v1/responses";

    private WebSocketProbe() {}

    /** The answer, or null when the request is another one. */
    static @Nullable ErrorAnswer refusal(Request request) {
        String path = request.getHttpURI().getPath();
        boolean isProbe = HttpMethod.GET.is(request.getMethod()) && (PATH.equals(path) || (PATH + "/").equals(path));
        if (!isProbe) {
            return null;
        }
        WireError error = new WireError(
                426,
                WireError.Kind.INVALID_REQUEST,
                "Responses are served over plain HTTP here, not by WebSocket: send POST " + PATH,
                "websocket_not_supported",
                null);
        return ErrorAnswer.of(error).with("upgrade", "HTTP/1.1").with("connection", "upgrade");
    }
}
