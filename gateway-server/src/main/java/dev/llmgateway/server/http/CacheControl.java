package dev.llmgateway.server.http;

import dev.llmgateway.api.CacheUse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/** Reads {@code Cache-Control} of a request (RFC 9111, 5.2.1): of its directives, two concern the gateway's caches. */
final class CacheControl {

    private static final String HEADER = "cache-control";

    private CacheControl() {}

    /** What the request allows; the stricter of several directives counts, and those that are not known do not. */
    static CacheUse use(HttpServletRequest request) {
        CacheUse use = CacheUse.NORMAL;
        for (Enumeration<String> values = request.getHeaders(HEADER); values.hasMoreElements(); ) {
            for (String directive : values.nextElement().split(",", -1)) {
                switch (directive.strip().toLowerCase(Locale.ROOT)) {
                    case "no-store" -> {
                        return CacheUse.NO_STORE;
                    }
                    case "no-cache" -> use = CacheUse.NO_CACHE;
                    default -> {}
                }
            }
        }
        return use;
    }
}
