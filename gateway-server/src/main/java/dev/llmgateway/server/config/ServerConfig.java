package dev.llmgateway.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens: section {@code [server]}.
 *
 * @param host address to bind
 * @param port port to listen on, 0 for any free one
 * @param maxBodyBytes largest request body that is accepted, in bytes
 */
public record ServerConfig(String host, int port, int maxBodyBytes) {
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    /** {@link URI#getHost} is null for some hosts that are connected to all the same, such as {@code 127.1}. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+?)(?::([0-9]{1,5}))?");

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
        Matcher authority = HOST_AND_PORT.matcher(Objects.toString(address.getRawAuthority(), ""));
        if (port == 0 || !authority.matches()) {
            return false;
        }
        String name = authority.group(1);
        return port(authority.group(2), address.getScheme()) == port && (name.equalsIgnoreCase(host) || isHere(name));
    }

    private boolean isHere(String name) {
        return isThisMachine(name) && (isThisMachine(host) || host.isEmpty());
    }

    private static boolean isThisMachine(String name) {
        return name.equalsIgnoreCase("localhost") || (isLiteral(name) && isLoopbackOrAny(name));
    }

    /** An address, however it is written: {@code 127.1} and {@code [::ffff:127.0.0.1]} are this machine too. */
    private static boolean isLiteral(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static boolean isLoopbackOrAny(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(@Nullable String written, @Nullable String scheme) {
        if (written != null) {
            return Integer.parseInt(written);
        }
        return "https".equalsIgnoreCase(scheme) ? 443 : 80;
    }
}
