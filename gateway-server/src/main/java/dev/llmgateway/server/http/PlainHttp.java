package dev.llmgateway.server.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * A request whose wish for a WebSocket is not seen, so that it is answered as any other. Javalin would look for it among its
 * WebSockets alone, where there is none, and begin a session before it does.
 */
final class PlainHttp extends Request.Wrapper {

    private final HttpFields headers;

    private PlainHttp(Request request) {
        super(request);
        headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.SEC_WEBSOCKET_VERSION);
    }

    /** The request itself when it does not ask for a WebSocket. */
    static Request of(Request request) {
        return request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION) ? new PlainHttp(request) : request;
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }
}
