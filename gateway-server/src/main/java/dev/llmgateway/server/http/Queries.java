package dev.llmgateway.server.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of addresses. */
final class Queries {

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private Queries() {}

    /**
     * All parameters, each with its values in their order.
     *
     * @throws HttpRefusal when a part cannot be decoded: Javalin leaves such parameters out, and a question without its filter
     *     is another question
     */
    static Map<String, List<String>> of(Context context) {
        String query = context.queryString();
        if (query != null && BROKEN_ESCAPE.matcher(query).find()) {
            throw HttpRefusal.badRequest("query", "a % must stand before two hexadecimal digits; %25 is a % itself");
        }
        return context.queryParamMap();
    }
}
