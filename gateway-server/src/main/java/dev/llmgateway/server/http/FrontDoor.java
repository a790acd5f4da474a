package dev.llmgateway.server.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What holds for every request before any route: its id, who may send it from a browser, the protocols and their versions. */
final class FrontDoor extends Handler.Wrapper {

    static final String REQUEST_ID = "x-request-id";

    private final BrowserGuard guard;
    private final JettyErrors errors;

    FrontDoor(BrowserGuard guard, JettyErrors errors) {
        this.guard = guard;
        this.errors = errors;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = RequestIds.next();
        request.setAttribute(RequestIds.ATTRIBUTE, id);
        response.getHeaders().put(REQUEST_ID, id);
        ErrorAnswer refusal = refusal(request, response);
        if (refusal != null) {
            errors.write(request, response, callback, refusal);
            return true;
        }
        return super.handle(PlainHttp.of(request), response, callback);
    }

    private @Nullable ErrorAnswer refusal(Request request, Response response) {
        HttpFields headers = request.getHeaders();
        ErrorAnswer refusal = guard.check(headers.get(HttpHeader.HOST), headers.get(HttpHeader.ORIGIN));
        String version = headers.get(PpfVersion.REQUEST_HEADER);
        if (refusal == null) {
            refusal = WebSocketProbe.refusal(request);
        }
        if (refusal != null || version == null) {
            return refusal;
        }
        return PpfVersion.negotiate(version, response.getHeaders()::put);
    }
}
