package dev.llmgateway.providers.simulated;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request as it arrived. Immutable and safe for use by several threads; the body's bytes must not be changed. */
public final class ReceivedRequest {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;
    private volatile @Nullable JsonNode json;

    ReceivedRequest(String method, String target, Map<String, String> headers, byte[] body) {
        int question = target.indexOf('?');
        this.method = method;
        this.path = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? "" : target.substring(question + 1);
        this.headers = headers;
        this.body = body;
    }

    /** The HTTP method, as sent. */
    public String method() {
        return method;
    }

    /** The path without the query, not decoded. */
    public String path() {
        return path;
    }

    /** The query without its question mark, not decoded; empty when there is none. */
    public String query() {
        return query;
    }

    /** All headers by name in lower case; several of one name are joined with {@code ", "}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A header's value by its name in any case, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body's bytes, after the transfer coding is undone; not a copy. */
    public byte[] body() {
        return body;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as JSON, parsed on the first call.
     *
     * @throws JacksonException when it is not JSON
     */
    public JsonNode json() {
        JsonNode parsed = json;
        if (parsed == null) {
            parsed = Json.MAPPER.readTree(body);
            json = parsed;
        }
        return parsed;
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
