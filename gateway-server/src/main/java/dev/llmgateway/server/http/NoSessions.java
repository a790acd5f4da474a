package dev.llmgateway.server.http;

import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.ManagedSession;
import org.jspecify.annotations.Nullable;

/**
 * Begins no session, for nothing here needs one: it would set a cookie and stay in memory, whoever asked for it. Jetty puts
 * its own in place of none at all.
 */
final class NoSessions extends SessionHandler {

    @Override
    public void newSession(Request request, @Nullable String requestedId, Consumer<ManagedSession> begun) {
        throw new IllegalStateException("there are no sessions here");
    }
}
