package dev.llmgateway.api;

import dev.llmgateway.api.RateLimits.Limit;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.ir.codec.WireError;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Every way a call can fail. Messages are sentences for the caller; they hold no key, no URL and no prompt.
 */
public abstract sealed class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private GatewayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether only the caller's own time or patience was at an end, which says nothing about the provider or other callers. */
    public boolean isCallersOwn() {
        return this instanceof Cancelled || (this instanceof TimedOut late && late.wholeCall);
    }

    /** Whether another target might do better: the fault lies with this provider, not with the request. */
    public boolean mayFailOver() {
        return false;
    }

    /** {@code thrown} itself when it is one of ours, else an {@link Internal} that hides it from the caller. */
    public static GatewayException of(Throwable thrown) {
        return thrown instanceof GatewayException known ? known : new Internal(thrown);
    }

    /** The request itself is wrong: 400. */
    public static final class InvalidRequest extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final @Nullable String param;
        private final boolean onlyForThisTarget;

        /**
         * A request that no target can serve.
         *
         * @param param where the mistake is ({@code messages[2].role}), or null
         */
        public InvalidRequest(@Nullable String param, String message) {
            this(param, message, false);
        }

        private InvalidRequest(@Nullable String param, String message, boolean onlyForThisTarget) {
            super(message, null);
            this.param = param;
            this.onlyForThisTarget = onlyForThisTarget;
        }

        /** A request that this target's format cannot carry, but another's may. */
        public static InvalidRequest forTarget(@Nullable String param, String message) {
            return new InvalidRequest(param, message, true);
        }

        public @Nullable String param() {
            return param;
        }

        @Override
        public boolean mayFailOver() {
            return onlyForThisTarget;
        }
    }

    /** No key, or an unknown one: 401. */
    public static final class Unauthenticated extends GatewayException {
        private static final long serialVersionUID = 1L;

        public Unauthenticated(String message) {
            super(message, null);
        }
    }

    /** Not allowed for this caller or this classification: 403. */
    public static final class Forbidden extends GatewayException {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message, null);
        }
    }

    /** No such model: 404, or 410 when it is retired without a replacement. */
    public static final class ModelNotFound extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final boolean retired;
        private final @Nullable LocalDate sunset;

        /** A model that nobody knows. */
        public ModelNotFound(String message) {
            this(message, false, null);
        }

        private ModelNotFound(String message, boolean retired, @Nullable LocalDate sunset) {
            super(message, null);
            this.retired = retired;
            this.sunset = sunset;
        }

        /**
         * A model that existed and is not served any more.
         *
         * @param sunset since when; null when not known
         */
        public static ModelNotFound retired(String message, @Nullable LocalDate sunset) {
            return new ModelNotFound(message, true, sunset);
        }

        /** The day the model went; null when it is not retired, or nobody knows the day. */
        public @Nullable LocalDate sunset() {
            return sunset;
        }

        /** True when the model existed and was retired. */
        public boolean isRetired() {
            return retired;
        }
    }

    /** The prompt fits no context window: 413. */
    public static final class TooLarge extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final long largestWindow;

        /**
         * A prompt that is too long.
         *
         * @param largestWindow tokens of the largest window that was tried; 0 when unknown
         */
        public TooLarge(String message, long largestWindow) {
            super(message, null);
            this.largestWindow = largestWindow;
        }

        public long largestWindow() {
            return largestWindow;
        }
    }

    /** The idempotency key belongs to another request: 422. */
    public static final class IdempotencyKeyReused extends GatewayException {
        private static final long serialVersionUID = 1L;

        public IdempotencyKeyReused(String message) {
            super(message, null);
        }
    }

    /** Over the caller's limit: 429. */
    public static final class RateLimited extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final Limit limit;
        private final transient Duration retryAfter;

        /**
         * A caller that has to wait.
         *
         * @param limit which limit was reached; of several, the one that takes the longest to be free
         * @param retryAfter until it may be free
         */
        public RateLimited(String message, Limit limit, Duration retryAfter) {
            super(message, null);
            this.limit = limit;
            this.retryAfter = retryAfter;
        }

        /** Which limit was reached. */
        public Limit limit() {
            return limit;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Dearer than the caller allows: 402; nothing was sent. */
    public static final class BudgetExceeded extends GatewayException {
        private static final long serialVersionUID = 1L;

        public BudgetExceeded(String message) {
            super(message, null);
        }
    }

    /** Blocked by the compliance rules: 403. */
    public static final class BlockedByCompliance extends GatewayException {
        private static final long serialVersionUID = 1L;

        public BlockedByCompliance(String message) {
            super(message, null);
        }
    }

    /** Nobody is asked at the moment, although there are targets: 503 when they failed too often, else 429. */
    public static final class Unavailable extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final TargetState.Cause cause;
        private final transient Duration retryAfter;

        /**
         * A target that is not asked, or all of them.
         *
         * @param cause why; of several targets, {@code CIRCUIT_OPEN} if it is true of any
         * @param retryAfter until that may change
         */
        public Unavailable(String message, TargetState.Cause cause, Duration retryAfter) {
            super(message, null);
            this.cause = cause;
            this.retryAfter = retryAfter;
        }

        /** Why it is not asked. */
        public TargetState.Cause why() {
            return cause;
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        @Override
        public boolean mayFailOver() {
            return true;
        }
    }

    /** The provider could not be reached, answered with an error, or answered something that is no answer. */
    public static final class ProviderFailed extends GatewayException {
        private static final long serialVersionUID = 1L;

        /** At which point. */
        public enum Phase {
            /** No connection, or none that lasted to the answer's first byte. */
            CONNECT,
            /** An HTTP status that is an error. */
            STATUS,
            /** A success that no model has answered with: a page of HTML, nothing at all, bytes that are not HTTP. */
            NO_ANSWER,
            /** A success with an answer that cannot be read: another format, truncated. */
            MALFORMED,
            /** The connection broke inside the answer. */
            BROKEN_OFF,
            /** The provider reported an error inside the answer. */
            REPORTED
        }

        private final String provider;
        private final Phase phase;
        private final transient WireError error;
        private final transient @Nullable Duration retryAfter;
        private final boolean wasRetried;

        /**
         * A provider's failure.
         *
         * @param provider the configured provider's id
         * @param error what the caller is told
         * @param retryAfter how long the provider asked to wait, or null
         */
        public ProviderFailed(
                String provider,
                Phase phase,
                WireError error,
                @Nullable Duration retryAfter,
                @Nullable Throwable cause) {
            super(error.message(), cause);
            this.provider = provider;
            this.phase = phase;
            this.error = error;
            this.retryAfter = retryAfter;
            this.wasRetried = false;
        }

        private ProviderFailed(ProviderFailed last) {
            super(last.error.message(), last);
            this.provider = last.provider;
            this.phase = last.phase;
            this.error = last.error;
            this.retryAfter = last.retryAfter;
            this.wasRetried = true;
        }

        /** The same failure of a call for which a target was asked more than once; its cause is this one. */
        public ProviderFailed afterRetries() {
            return wasRetried ? this : new ProviderFailed(this);
        }

        /** Whether the gateway has repeated the call in vain, so that its caller need not do the same. */
        public boolean wasRetried() {
            return wasRetried;
        }

        public String provider() {
            return provider;
        }

        public Phase phase() {
            return phase;
        }

        /** What the caller is told; its status is the provider's for {@link Phase#STATUS}. */
        public WireError error() {
            return error;
        }

        public @Nullable Duration retryAfter() {
            return retryAfter;
        }

        /**
         * A bad request stays bad elsewhere. But a refused key and an unknown model are our configuration's fault, never
         * the client's.
         */
        @Override
        public boolean mayFailOver() {
            if (phase != Phase.STATUS && phase != Phase.REPORTED) {
                return true;
            }
            return switch (error.kind()) {
                case AUTHENTICATION, BILLING, PERMISSION, NOT_FOUND, METHOD_NOT_ALLOWED -> true;
                case RATE_LIMIT, QUOTA_EXHAUSTED, OVERLOADED, TIMEOUT, SERVER -> true;
                case INVALID_REQUEST, TOO_LARGE, CONTEXT_WINDOW -> false;
            };
        }
    }

    /** A time limit passed: 504. */
    public static final class TimedOut extends GatewayException {
        private static final long serialVersionUID = 1L;

        private final boolean wholeCall;

        /**
         * A limit that passed.
         *
         * @param wholeCall true when the whole call's time is up, so that there is none left for another target
         */
        public TimedOut(String message, boolean wholeCall) {
            super(message, null);
            this.wholeCall = wholeCall;
        }

        @Override
        public boolean mayFailOver() {
            return !wholeCall;
        }
    }

    /** The gateway is being stopped, so this call ends here: 503. Another instance, or the next start, will serve it. */
    public static final class Stopping extends GatewayException {
        private static final long serialVersionUID = 1L;

        public Stopping() {
            super("the gateway is stopping: try again", null);
        }
    }

    /** The caller went away, or the answer is not needed any more. */
    public static final class Cancelled extends GatewayException {
        private static final long serialVersionUID = 1L;

        public Cancelled(String message) {
            super(message, null);
        }
    }

    /** A defect of ours: 500. The cause is for the log, not for the caller. */
    public static final class Internal extends GatewayException {
        private static final long serialVersionUID = 1L;

        Internal(Throwable cause) {
            super("the gateway failed internally; the log tells why under this request's id", cause);
        }
    }
}
