package dev.llmgateway.server.management;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.json.Values;
import dev.llmgateway.ir.json.JsonWriter;
import dev.llmgateway.resilience.quota.ProviderQuotas;
import dev.llmgateway.resilience.quota.QuotaUse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much of a provider's quota is used, as a member of the provider's JSON. */
final class QuotaJson {

    private static final int MOST_MODELS = 100;

    private QuotaJson() {}

    /**
     * Writes it.
     *
     * @param quotas null when quotas are not watched
     */
    static void write(JsonWriter json, @Nullable ProviderQuotas quotas, String provider) {
        if (quotas == null) {
            json.nothing("quota");
            return;
        }
        QuotaUse use = quotas.use(provider);
        json.object("quota");
        Values.figure(json, "used", use.used());
        RateLimits configured = use.configured();
        window(json, "requests_per_minute", configured == null ? null : configured.requests());
        window(json, "tokens_per_minute", configured == null ? null : configured.tokens());
        json.array("reported");
        for (QuotaUse.Reported reported :
                use.reported().stream().limit(MOST_MODELS).toList()) {
            json.object().text("model", reported.model());
            window(json, "requests", reported.left().requests());
            window(json, "tokens", reported.left().tokens());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void window(JsonWriter json, String name, RateLimits.@Nullable Window window) {
        if (window == null) {
            json.nothing(name);
            return;
        }
        json.object(name)
                .number("limit", window.limit())
                .number("remaining", window.remaining())
                .number("reset_secs", seconds(window.reset()))
                .endObject();
    }

    /** Rounded up: who waits so long has waited long enough. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
