package dev.llmgateway.resilience.quota;

import dev.llmgateway.api.RateLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a provider's quota is used at a moment.
 *
 * @param configured what is left of the configured quota; null when there is none
 * @param reported what the provider said lately, by model, of the gateway's own key
 */
public record QuotaUse(@Nullable RateLimits configured, List<Reported> reported) {

    public QuotaUse {
        reported = List.copyOf(reported);
    }

    /**
     * What the headers of the latest answer told.
     *
     * @param model the model's id on the wire
     * @param left what is left; windows that have been reset since are left out
     */
    public record Reported(String model, RateLimits left) {}

    /** The largest part that is used of anything that is limited, from 0 to 1; 0 when nothing is known to be. */
    public double used() {
        double most = configured == null ? 0 : used(configured);
        for (Reported each : reported) {
            most = Math.max(most, used(each.left()));
        }
        return most;
    }

    private static double used(RateLimits limits) {
        return Math.max(used(limits.requests()), used(limits.tokens()));
    }

    private static double used(RateLimits.@Nullable Window window) {
        return window == null ? 0 : window.used();
    }

    /** A window of which so much is used. */
    static RateLimits.Window window(long limit, long used, Duration reset) {
        return new RateLimits.Window(limit, Math.clamp(limit - used, 0, limit), reset);
    }
}
