package dev.llmgateway.server;

import dev.llmgateway.server.config.ServerConfig;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** The gateway cannot start. The message says why, and where it was to listen when that is the reason. */
public final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayStartException(ServerConfig server, Throwable cause) {
        super(sentence(server, cause), cause);
    }

    private static String sentence(ServerConfig server, Throwable thrown) {
        boolean network = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            network = network || cause instanceof IOException || cause instanceof UnresolvedAddressException;
        }
        String where = network ? "cannot listen on " + server.host() + ":" + server.port() : "cannot start";
        return where + ": " + reason(thrown);
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException) {
            return "there is no host of that name";
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
