package dev.llmgateway.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses of HTTP services. */
final class HttpUrls {
    private static final int HIGHEST_PORT = 65535;

    private HttpUrls() {}

    /**
     * Returns the address, or null when the text is none: it needs {@code http} or {@code https} and a host. One with a
     * user or a password is refused too, since addresses are logged.
     */
    static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && hasPlainAuthority(uri) && uri.getRawFragment() == null ? uri : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    /** Names of containers may have an underscore; {@link URI#getHost} knows no such hosts. */
    private static boolean hasPlainAuthority(URI uri) {
        if (uri.getHost() != null) {
            return uri.getRawUserInfo() == null && uri.getPort() <= HIGHEST_PORT;
        }
        String authority = uri.getRawAuthority();
        return authority != null && authority.matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?");
    }
}
