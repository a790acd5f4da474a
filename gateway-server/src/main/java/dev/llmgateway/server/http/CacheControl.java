package dev.llmgateway.server.http;

import dev.llmgateway.api.CacheUse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;

/** Reads {@code Cache-Control} of a request (RFC 9111, 5.2.1): of its directives, {@code no-store}, {@code
 * no-cache} and {@code max-age=0}, which means the same as the latter, concern the gateway's caches. */
final class CacheControl {

    private static final String HEADER = "cache-control";

    private CacheControl() {}

    /** What the request allows; the stricter of several directives counts; an argument that should not be there, and what is not known, do
     * not. */
    static CacheUse use(HttpServletRequest request) {
        CacheUse use = CacheUse.NORMAL;
        for (Enumeration<String> values = request.getHeaders(HEADER); values.hasMoreElements(); ) {
            for (String directive : values.nextElement().split(",", -1)) {
                String[] parts = directive.strip().toLowerCase(Locale.ROOT).split("\\s*=\\s*", 2);
                if (parts[0].equals("no-store")) {
                    return CacheUse.NO_STORE;
                }
                if (parts[0].equals("no-cache") || (parts[0].equals("max-age") && isZero(parts))) {
                    use = CacheUse.NO_CACHE;
                }
            }
        }
        return use;
    }

    /** Nothing that is kept is that young. */
    private static boolean isZero(String[] directive) {
        return directive.length == 2 && directive[1].matches("\"?0+\"?");
    }
}
