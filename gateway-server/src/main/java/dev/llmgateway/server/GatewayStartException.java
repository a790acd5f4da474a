package dev.llmgateway.server;

import dev.llmgateway.server.config.ServerConfig;

/** The gateway cannot listen where it was told to. The message says where and why. */
public final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayStartException(ServerConfig server, Throwable cause) {
        super("cannot listen on " + server.host() + ":" + server.port() + ": " + reason(cause), cause);
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
