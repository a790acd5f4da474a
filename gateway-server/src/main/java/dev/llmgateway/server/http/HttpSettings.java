package dev.llmgateway.server.http;

import java.time.Duration;

/**
 * Limits of the HTTP side that are not in the configuration file.
 *
 * @param connectionIdle how long a connection may be idle between two requests; longer than the 60 seconds after which
 *     load balancers usually close theirs, so that they do not send into a closing one
 * @param requestIdle how long a client may neither send nor take anything while it should
 * @param bodyGrace how long a body may take at least, however slow it comes
 * @param headerBytes the largest request line and headers together
 */
public record HttpSettings(Duration connectionIdle, Duration requestIdle, Duration bodyGrace, int headerBytes) {

    /** What a server uses. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(30), 32 * 1024);
}
