package dev.llmgateway.server.config;

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
}
