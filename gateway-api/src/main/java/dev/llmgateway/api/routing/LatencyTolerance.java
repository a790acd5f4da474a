package dev.llmgateway.api.routing;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long the first token may take. */
public enum LatencyTolerance {
    REALTIME(Duration.ofMillis(500)),
    INTERACTIVE(Duration.ofMillis(2000)),
    BACKGROUND(null),
    FLEXIBLE(null);

    private final @Nullable Duration limit;

    LatencyTolerance(@Nullable Duration limit) {
        this.limit = limit;
    }

    /** The longest median time to the first token, or null for no limit. */
    public @Nullable Duration limit() {
        return limit;
    }

    /** The tolerance as files and answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
