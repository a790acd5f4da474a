package dev.llmgateway.api.records;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import java.util.Locale;

/** The words by which records tell failures apart. They do not change. */
public final class ErrorTypes {

    /** The caller left before the end of its answer, or the answer was not needed any more. */
    public static final String CANCELLED = "cancelled";

    private ErrorTypes() {}

    /** The word for a failure; those of providers begin with {@code provider_}. */
    public static String of(GatewayException error) {
        return switch (error) {
            case GatewayException.InvalidRequest ignored -> "invalid_request";
            case GatewayException.Unauthenticated ignored -> "unauthenticated";
            case GatewayException.Forbidden ignored -> "forbidden";
            case GatewayException.ModelNotFound gone -> gone.isRetired() ? "model_retired" : "model_not_found";
            case GatewayException.TooLarge ignored -> "context_window";
            case GatewayException.IdempotencyKeyReused ignored -> "idempotency_key_reused";
            case GatewayException.RateLimited ignored -> "rate_limited";
            case GatewayException.BudgetExceeded ignored -> "budget_exceeded";
            case GatewayException.BlockedByCompliance ignored -> "compliance_blocked";
            case GatewayException.Unavailable now -> now.why().word();
            case ProviderFailed failed -> "provider_" + ofProvider(failed);
            case GatewayException.TimedOut ignored -> "timeout";
            case GatewayException.Stopping ignored -> "stopping";
            case GatewayException.Cancelled ignored -> CANCELLED;
            case GatewayException.Internal ignored -> "internal";
        };
    }

    private static String ofProvider(ProviderFailed failed) {
        return switch (failed.phase()) {
            case CONNECT -> "unreachable";
            case NO_ANSWER, MALFORMED -> "malformed_answer";
            case BROKEN_OFF -> "broken_off";
            case STATUS, REPORTED -> failed.error().kind().name().toLowerCase(Locale.ROOT);
        };
    }
}
