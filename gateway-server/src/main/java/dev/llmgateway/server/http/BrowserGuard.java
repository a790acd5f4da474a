package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other origins from driving the gateway through a visitor's browser.
 *
 * <p>A browser names the page's origin in {@code Origin} whenever a page could do harm; anything but the gateway's own
 * address there is refused, and no CORS header is ever sent. A page may also make its own host name point to this machine
 * (DNS rebinding), which makes it look like the same origin; so a gateway that listens on a loopback address takes only
 * names of this machine in {@code Host}. Programs send no {@code Origin} and notice nothing.
 */
final class BrowserGuard {

    private final String ownHost;
    private final boolean loopback;

    /**
     * A guard.
     *
     * @param ownHost the address or name that the gateway listens on
     */
    BrowserGuard(String ownHost) {
        this.ownHost = ownHost.toLowerCase(Locale.ROOT);
        this.loopback = isLoopback(ownHost);
    }

    /** Whether a name or address is this machine's own loopback. */
    static boolean isLoopback(String host) {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The refusal of a request with these headers, or null when it may pass. */
    @Nullable
    ErrorAnswer check(@Nullable String host, @Nullable String origin) {
        if (loopback && !namesThisMachine(host)) {
            return refusal("the Host header names another machine than this one", "host");
        }
        if (origin != null && !isSameOrigin(origin, host)) {
            return refusal("web pages of other origins may not call this gateway", "origin");
        }
        return null;
    }

    /** Whether a Host header is one that a caller on this machine would send; one that is missing may be, too. */
    boolean namesThisMachine(@Nullable String host) {
        return host == null || isThisMachine(hostName(host));
    }

    private boolean isThisMachine(String name) {
        return name.equals("localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || name.equals(ownHost)
                || name.endsWith(".localhost")
                || isLoopbackNumber(name);
    }

    /** 127.x.y.z in digits; a name such as 127.evil.example is none. */
    private static boolean isLoopbackNumber(String name) {
        if (!name.startsWith("127.")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameOrigin(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && host != null && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

    /** The header's value in lower case without its port. */
    private static String hostName(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']') && colon > 0;
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    private static ErrorAnswer refusal(String message, String header) {
        return ErrorAnswer.of(new WireError(403, WireError.Kind.PERMISSION, message, "forbidden_" + header, null));
    }
}
