package dev.llmgateway.providers.simulated;

import java.io.IOException;

/** The client closed its socket while it was still owed (a part of) an answer. */
final class ClientGone extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
        super("the client closed the connection");
    }
}
