package dev.llmgateway.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses of HTTP services. */
final class HttpUrls {
    private HttpUrls() {}

    /**
     * Returns the address, or null when the text is none: it needs {@code http} or {@code https} and a host. One with a
     * user or a password is refused too, since addresses are logged.
     */
    static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            return http && uri.getHost() != null && plain ? uri : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }
}
