package dev.llmgateway.server.http;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.telemetry.metrics.Meters;
import io.javalin.http.Context;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Turns whatever an endpoint throws into an error of the caller's dialect. */
final class Failures implements ExceptionHandler<Exception> {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private final Dialects dialects;
    private final Meters meters;

    private final BodyReader bodies;

    Failures(Dialects dialects, Meters meters, BodyReader bodies) {
        this.dialects = dialects;
        this.meters = meters;
        this.bodies = bodies;
    }

    @Override
    public void handle(Exception thrown, Context context) {
        String id = HttpAnswers.requestId(context.req());
        log(id, thrown);
        if (context.res().isCommitted()) {
            return;
        }
        ErrorAnswer answer = thrown instanceof HttpResponseException http
                ? PlainErrors.of(
                        http.getStatus(),
                        context.req().getMethod(),
                        context.req().getRequestURI())
                : ErrorMapping.of(thrown);
        if (thrown instanceof MethodNotAllowedResponse other) {
            other.getDetails().values().forEach(methods -> context.res().setHeader("allow", methods));
        }
        if (!(thrown instanceof GatewayException)) {
            meters.refused(answer.status());
        }
        try {
            context.res().resetBuffer();
            HttpAnswers.error(context.req(), context.res(), dialects.of(context.req()), answer);
            if (answer.status() == 401 || answer.status() == 413) {
                bodies.drain(context.req(), context.res());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client of request " + id + " left before its error", e);
        }
    }

    /** Logs a defect of ours; what callers or providers did wrong is in the answer. */
    static void log(@Nullable String requestId, Throwable thrown) {
        if (thrown instanceof HttpResponseException || thrown instanceof HttpRefusal) {
            return;
        }
        if (ErrorMapping.isDefect(thrown)) {
            Throwable cause = thrown instanceof GatewayException.Internal ? thrown.getCause() : thrown;
            LOG.log(Level.ERROR, "request " + requestId + " failed internally", cause);
        }
    }
}
