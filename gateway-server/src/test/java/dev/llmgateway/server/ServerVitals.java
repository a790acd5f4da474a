package dev.llmgateway.server;

import java.util.function.BooleanSupplier;
import org.assertj.core.api.SoftAssertions;

/** What a server must have let go of when all its calls are over. */
public final class ServerVitals {

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private ServerVitals() {}

    /** Complains when calls or attempts are still looked after a moment later. */
    public static void assertAtRest(GatewayServer server, SoftAssertions softly) {
        eventually(() -> server.callsInProgress() == 0 && server.watchedAttempts() == 0);
        softly.assertThat(server.callsInProgress())
                .as("calls that are watched for clients that leave")
                .isZero();
        softly.assertThat(server.watchedAttempts())
                .as("attempts that are watched against time")
                .isZero();
    }

    /** Waits until it is true, or for a while. */
    public static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
