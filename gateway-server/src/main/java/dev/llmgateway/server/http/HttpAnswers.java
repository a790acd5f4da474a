package dev.llmgateway.server.http;

import dev.llmgateway.ir.Origin;
import dev.llmgateway.ir.codec.DialectCodec;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes answers in one piece. */
final class HttpAnswers {

    static final String JSON = "application/json";

    private static final String MODEL = "x-gateway-model";
    private static final String PROVIDER = "x-gateway-provider";
    private static final String DROPPED = "x-gateway-dropped";
    static final String DEPRECATION = "x-gateway-deprecation";

    private HttpAnswers() {}

    /** Writes a complete body with its length. */
    static void write(HttpServletResponse response, int status, String contentType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes JSON. */
    static void json(Context context, int status, byte[] json) throws IOException {
        write(context.res(), status, JSON, json);
    }

    /** Writes an error in a dialect, and names what of a provider's has no place there. */
    static void error(HttpServletRequest request, HttpServletResponse response, DialectCodec codec, ErrorAnswer answer)
            throws IOException {
        answer.headers().forEach(response::setHeader);
        List<String> lost = answer.error().lostFor(codec.dialect());
        if (!lost.isEmpty()) {
            response.setHeader(DROPPED, HeaderText.list(lost));
        }
        byte[] body = codec.encodeError(answer.error(), requestId(request));
        write(response, codec.statusOf(answer.error()), JSON, body);
    }

    /** Names who answered, and what of the request was lost on the way. */
    static void origin(HttpServletResponse response, @Nullable Origin origin) {
        origin(response, origin, List.of());
    }

    /**
     * Names who answered, and what was lost on the way.
     *
     * @param lost of the answer, when all of it is known
     */
    static void origin(HttpServletResponse response, @Nullable Origin origin, List<String> lost) {
        if (origin == null) {
            return;
        }
        response.setHeader(MODEL, HeaderText.of(origin.model()));
        response.setHeader(PROVIDER, HeaderText.of(origin.provider()));
        if (!origin.dropped().isEmpty() || !lost.isEmpty()) {
            response.setHeader(
                    DROPPED,
                    HeaderText.list(Stream.concat(origin.dropped().stream(), lost.stream())
                            .toList()));
        }
        if (origin.sunset() != null) {
            response.setHeader(DEPRECATION, origin.sunset().toString());
        }
    }

    /** The request's id, as the front door gave it. */
    static String requestId(HttpServletRequest request) {
        return request.getAttribute(RequestIds.ATTRIBUTE) instanceof String id ? id : "";
    }
}
