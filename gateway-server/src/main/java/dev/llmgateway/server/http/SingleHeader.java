package dev.llmgateway.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A header that a caller sends once, or not at all. */
final class SingleHeader {

    private SingleHeader() {}

    /**
     * The header's value; null when it was not sent. Of two values, the gateway might heed another one than whoever added
     * the second meant.
     *
     * @throws HttpRefusal when it was sent more than once
     */
    static @Nullable String of(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw HttpRefusal.badRequest(name, "must be sent once, not " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
