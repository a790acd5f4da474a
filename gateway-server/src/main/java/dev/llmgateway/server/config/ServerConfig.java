package dev.llmgateway.server.config;

import java.net.URI;
import java.util.Set;

/**
 * Where the gateway listens: section {@code [server]}.
 *
 * @param host address to bind
 * @param port port to listen on, 0 for any free one
 * @param maxBodyBytes largest request body that is accepted, in bytes
 */
public record ServerConfig(String host, int port, int maxBodyBytes) {
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    static ServerConfig read(Section server) {
        String host = server.text("host", "127.0.0.1");
        if (!host.isEmpty() && !host.matches("[A-Za-z0-9.:%_-]+")) {
            server.wrong("host", "is not a host name or address", "expected one without scheme, port or path");
        }
        return new ServerConfig(
                host,
                server.count("port", 8930, 0, 65535),
                server.count("max_body_bytes", MAX_BODY_BYTES, 1, Integer.MAX_VALUE));
    }

    /** Whether a request to this address would arrive at this very gateway; names are not looked up. */
    public boolean isReachedBy(URI address) {
        String name = address.getHost();
        return name != null && port != 0 && portOf(address) == port && (name.equalsIgnoreCase(host) || isHere(name));
    }

    private boolean isHere(String name) {
        return isThisMachine(name) && (isThisMachine(host) || host.isEmpty());
    }

    private static boolean isThisMachine(String name) {
        return name.startsWith("127.")
                || name.equalsIgnoreCase("localhost")
                || Set.of("0.0.0.0", "::", "[::]", "::1", "[::1]").contains(name);
    }

    private static int portOf(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
