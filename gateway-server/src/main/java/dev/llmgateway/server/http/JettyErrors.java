package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.DialectCodec;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses by itself (broken HTTP, headers that are too large) in the caller's dialect. */
final class JettyErrors extends ErrorHandler {

    private final Dialects dialects;

    JettyErrors(Dialects dialects) {
        this.dialects = dialects;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ERROR_EXCEPTION) instanceof HttpException known
                ? known.getCode()
                : response.getStatus();
        String path = request.getHttpURI().getPath() == null
                ? "/"
                : request.getHttpURI().getPath();
        write(request, response, callback, PlainErrors.of(status, request.getMethod(), path));
        return true;
    }

    /** Writes an error from below the servlets. */
    void write(Request request, Response response, Callback callback, ErrorAnswer answer) {
        String id = request.getAttribute(RequestIds.ATTRIBUTE) instanceof String known ? known : RequestIds.next();
        String path = request.getHttpURI().getPath() == null
                ? "/"
                : request.getHttpURI().getPath();
        DialectCodec codec = dialects.of(path, request.getHeaders().get(Dialects.ANTHROPIC_VERSION));
        byte[] body = codec.encodeError(answer.error(), id);
        response.setStatus(codec.statusOf(answer.error()));
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(FrontDoor.REQUEST_ID, id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpAnswers.JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
