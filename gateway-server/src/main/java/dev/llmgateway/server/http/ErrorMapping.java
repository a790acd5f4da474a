package dev.llmgateway.server.http;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.BlockedByCompliance;
import dev.llmgateway.api.GatewayException.BudgetExceeded;
import dev.llmgateway.api.GatewayException.Cancelled;
import dev.llmgateway.api.GatewayException.Forbidden;
import dev.llmgateway.api.GatewayException.IdempotencyKeyReused;
import dev.llmgateway.api.GatewayException.Internal;
import dev.llmgateway.api.GatewayException.InvalidRequest;
import dev.llmgateway.api.GatewayException.ModelNotFound;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.RateLimited;
import dev.llmgateway.api.GatewayException.Stopping;
import dev.llmgateway.api.GatewayException.TimedOut;
import dev.llmgateway.api.GatewayException.TooLarge;
import dev.llmgateway.api.GatewayException.Unauthenticated;
import dev.llmgateway.api.GatewayException.Unavailable;
import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.ir.codec.WireError.Kind;
import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.server.config.ConfigException;
import dev.llmgateway.server.management.ManagementRefusal;
import dev.llmgateway.store.postgres.DatabaseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides what a client is told when a call fails. A call that took all its time, that the gateway
 * has repeated in vain, or for which the money is spent carries {@code x-should-retry: false}, so that SDKs do not multiply it;
 * a failure that a later try may mend tells when.
 */
final class ErrorMapping {

    /** What nginx logs for a client that left; no client ever sees it. */
    static final int CLIENT_CLOSED_REQUEST = 499;

    private static final Duration DATABASE_MAY_COME_BACK = Duration.ofSeconds(5);

    private ErrorMapping() {}

    /** What to answer for anything that was thrown while a request was served. */
    static ErrorAnswer of(Throwable thrown) {
        return switch (thrown) {
            case HttpRefusal refusal -> refusal.answer();
            case InvalidRequestFormatException e -> invalid(e.param(), e.getMessage());
            case InvalidJsonException e -> invalid(null, e.getMessage());
            case ConfigException e -> invalid(e.problems().getFirst().field(), e.getMessage());
            case ManagementRefusal e ->
                ErrorAnswer.of(
                        new WireError(e.status(), WireError.kindOf(e.status()), e.sentence(), e.code(), e.param()));
            case DatabaseException e ->
                ErrorAnswer.of(new WireError(503, Kind.OVERLOADED, text(e.getMessage()), "database_unavailable", null))
                        .retryAfter(DATABASE_MAY_COME_BACK);
            case Throwable other -> of(GatewayException.of(other));
        };
    }

    /** What to answer for a failed call. */
    static ErrorAnswer of(GatewayException failure) {
        return switch (failure) {
            case InvalidRequest e -> invalid(e.param(), e.getMessage());
            case Unauthenticated e ->
                answer(401, Kind.AUTHENTICATION, e, "invalid_api_key").with("www-authenticate", "Bearer");
            case Forbidden e -> answer(403, Kind.PERMISSION, e, null);
            case ModelNotFound e -> modelNotFound(e);
            case TooLarge e -> tooLarge(e);
            case IdempotencyKeyReused e -> answer(422, Kind.INVALID_REQUEST, e, "idempotency_key_reused");
            case RateLimited e ->
                answer(429, Kind.RATE_LIMIT, e, "rate_limit_exceeded").retryAfter(e.retryAfter());
            case BudgetExceeded e ->
                answer(402, Kind.BILLING, e, "budget_exceeded").triesAreSpent();
            case BlockedByCompliance e -> answer(403, Kind.PERMISSION, e, "compliance_blocked");
            case Unavailable e -> unavailable(e);
            case ProviderFailed e -> providerFailed(e);
            case TimedOut e -> answer(504, Kind.TIMEOUT, e, null).triesAreSpent();
            case Stopping e -> answer(503, Kind.OVERLOADED, e, null).retryAfter(Duration.ofSeconds(1));
            case Cancelled e -> answer(CLIENT_CLOSED_REQUEST, Kind.SERVER, e, null);
            case Internal e -> answer(500, Kind.SERVER, e, null);
        };
    }

    /** Whether this is a fault of the gateway itself, which belongs into the log. */
    static boolean isDefect(Throwable thrown) {
        return of(thrown).status() == 500 && GatewayException.of(thrown) instanceof Internal;
    }

    private static ErrorAnswer invalid(@Nullable String param, @Nullable String message) {
        return ErrorAnswer.of(new WireError(400, Kind.INVALID_REQUEST, text(message), null, param));
    }

    private static ErrorAnswer modelNotFound(ModelNotFound e) {
        if (!e.isRetired()) {
            return answer(404, Kind.NOT_FOUND, e, "model_not_found");
        }
        ErrorAnswer gone = answer(410, Kind.NOT_FOUND, e, "model_retired");
        return e.sunset() == null
                ? gone
                : gone.with(HttpAnswers.DEPRECATION, e.sunset().toString());
    }

    private static ErrorAnswer tooLarge(TooLarge e) {
        ErrorAnswer answer = answer(413, Kind.CONTEXT_WINDOW, e, "context_length_exceeded");
        return e.largestWindow() > 0 ? answer.with("x-context-window-limit", Long.toString(e.largestWindow())) : answer;
    }

    /** Circuits are ours; a quota or a cool-down is the provider's limit, which SDKs know as 429. */
    private static ErrorAnswer unavailable(Unavailable e) {
        ErrorAnswer answer = switch (e.why()) {
            case CIRCUIT_OPEN -> answer(503, Kind.OVERLOADED, e, "circuit_open").with("x-gateway-circuit", "open");
            case COOLING_DOWN, QUOTA_EXHAUSTED ->
                answer(429, Kind.RATE_LIMIT, e, e.why().word());
        };
        return answer.retryAfter(e.retryAfter());
    }

    private static ErrorAnswer providerFailed(ProviderFailed e) {
        ErrorAnswer answer = ErrorAnswer.of(e.error());
        ErrorAnswer told = e.wasRetried() || e.error().isRepeatedInVain() ? answer.triesAreSpent() : answer;
        return e.retryAfter() == null ? told : told.retryAfter(e.retryAfter());
    }

    private static ErrorAnswer answer(int status, Kind kind, GatewayException e, @Nullable String code) {
        return ErrorAnswer.of(new WireError(status, kind, text(e.getMessage()), code, null));
    }

    private static String text(@Nullable String message) {
        return message == null ? "no further information" : message;
    }
}
