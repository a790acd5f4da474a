package dev.llmgateway.api;

import dev.llmgateway.api.routing.RoutingOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a caller says about one call beside the request itself. Immutable; build with {@link #builder()}. */
public final class CallOptions {

    private final @Nullable String requestId;
    private final @Nullable Duration timeout;
    private final boolean failover;
    private final RoutingOptions routing;
    private final Map<String, String> providerHeaders;
    private final Caller caller;
    private final @Nullable String virtualKey;
    private final @Nullable IdempotencyKey idempotencyKey;
    private final CacheUse cacheUse;
    private final CallLabels labels;
    private final @Nullable TraceContext trace;
    private final @Nullable GatewayListener listener;
    private final Cancellation cancellation;

    private CallOptions(Builder from) {
        requestId = from.requestId;
        timeout = from.timeout;
        failover = from.failover;
        routing = from.routing.forTenant(from.caller.defaultClassification());
        providerHeaders = from.providerHeaders;
        caller = from.caller;
        virtualKey = from.virtualKey;
        idempotencyKey = from.idempotencyKey;
        cacheUse = from.cacheUse;
        labels = from.labels;
        trace = from.trace;
        listener = from.listener;
        cancellation = from.cancellation;
    }

    /** The gateway's defaults. */
    public static CallOptions defaults() {
        return builder().build();
    }

    /** Starts from the gateway's defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of these. */
    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.requestId = requestId;
        copy.timeout = timeout;
        copy.failover = failover;
        copy.routing = routing;
        copy.providerHeaders = providerHeaders;
        copy.caller = caller;
        copy.virtualKey = virtualKey;
        copy.idempotencyKey = idempotencyKey;
        copy.cacheUse = cacheUse;
        copy.labels = labels;
        copy.trace = trace;
        copy.listener = listener;
        copy.cancellation = cancellation;
        return copy;
    }

    /** The call's id in logs and answers; null to have one made. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** For the whole call, all attempts together; null for the gateway's default. */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /** False to try only the first target. */
    public boolean failover() {
        return failover;
    }

    /** What is said about the choice of the model; the caller's default level is in it. */
    public RoutingOptions routing() {
        return routing;
    }

    /** Headers for providers of the caller's own dialect ({@code anthropic-beta}, say), by lower-case name. */
    public Map<String, String> providerHeaders() {
        return providerHeaders;
    }

    /** Whom the call belongs to, as far as it is known; {@link Stage#AUTHENTICATION} may find out. */
    public Caller caller() {
        return caller;
    }

    /** The key by which the caller can be found out; null when none was sent. A secret. */
    public @Nullable String virtualKey() {
        return virtualKey;
    }

    /** Null when a repeated call is a call of its own. */
    public @Nullable IdempotencyKey idempotencyKey() {
        return idempotencyKey;
    }

    /** What a cache may do with the call. */
    public CacheUse cacheUse() {
        return cacheUse;
    }

    /** Where the call comes from, for records. */
    public CallLabels labels() {
        return labels;
    }

    /** The span that the call belongs to, which providers are told, too; null for none. */
    public @Nullable TraceContext trace() {
        return trace;
    }

    /** Is told what happens to this call, beside the gateway's own listeners; null for none. */
    public @Nullable GatewayListener listener() {
        return listener;
    }

    /** Ends the call from another thread. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The same for this caller; for those who authenticate. */
    public CallOptions withCaller(Caller other) {
        return with(copy -> copy.caller = other);
    }

    /** The same, ended by this cancellation. */
    public CallOptions withCancellation(Cancellation other) {
        return with(copy -> copy.cancellation = other);
    }

    /** The same with this id. */
    public CallOptions withRequestId(String id) {
        return with(copy -> copy.requestId = id);
    }

    /** The same with this time limit. */
    public CallOptions withTimeout(Duration limit) {
        return toBuilder().timeout(limit).build();
    }

    /** The same as a part of this span. */
    public CallOptions withTrace(@Nullable TraceContext span) {
        return with(copy -> copy.trace = span);
    }

    /** The same, but only the first target is tried. */
    public CallOptions withoutFailover() {
        return with(copy -> copy.failover = false);
    }

    /** The same with this said about the choice of the model. */
    public CallOptions withRouting(RoutingOptions other) {
        return with(copy -> copy.routing = other);
    }

    private CallOptions with(Consumer<Builder> change) {
        Builder copy = toBuilder();
        change.accept(copy);
        return copy.build();
    }

    /** The keys are left out: they are secrets. */
    @Override
    public String toString() {
        return "CallOptions[requestId=" + requestId + ", tenant=" + caller.tenant() + ", timeout=" + timeout
                + ", failover=" + failover + ", routing=" + routing + ", cacheUse=" + cacheUse + "]";
    }

    /** Collects what is said about a call. Not thread safe. */
    public static final class Builder {
        private @Nullable String requestId;
        private @Nullable Duration timeout;
        private boolean failover = true;
        private RoutingOptions routing = RoutingOptions.defaults();
        private Map<String, String> providerHeaders = Map.of();
        private Caller caller = Caller.DEFAULT;
        private @Nullable String virtualKey;
        private @Nullable IdempotencyKey idempotencyKey;
        private CacheUse cacheUse = CacheUse.NORMAL;
        private CallLabels labels = CallLabels.NONE;
        private @Nullable TraceContext trace;
        private @Nullable GatewayListener listener;
        private Cancellation cancellation = new Cancellation();

        private Builder() {}

        /** The call's id in logs and answers; null to have one made. */
        public Builder requestId(@Nullable String id) {
            this.requestId = id;
            return this;
        }

        /**
         * For the whole call, all attempts together; null for the gateway's default.
         *
         * @throws IllegalArgumentException when not longer than zero
         */
        public Builder timeout(@Nullable Duration limit) {
            if (limit != null && (limit.isZero() || limit.isNegative())) {
                throw new IllegalArgumentException("timeout is " + limit + ": it must be longer than zero");
            }
            this.timeout = limit;
            return this;
        }

        /** False to try only the first target. */
        public Builder failover(boolean allowed) {
            this.failover = allowed;
            return this;
        }

        /** What is said about the choice of the model. */
        public Builder routing(RoutingOptions options) {
            this.routing = options;
            return this;
        }

        /** Headers for providers of the caller's own dialect, by lower-case name; never credentials. */
        public Builder providerHeaders(Map<String, String> headers) {
            this.providerHeaders = Map.copyOf(headers);
            return this;
        }

        /** Whom the call belongs to; for an application that knows. */
        public Builder caller(Caller known) {
            this.caller = known;
            return this;
        }

        /** The key by which the caller can be found out; null for none. */
        public Builder virtualKey(@Nullable String key) {
            this.virtualKey = key;
            return this;
        }

        /** Makes repeated calls one; null for no such key. */
        public Builder idempotencyKey(@Nullable IdempotencyKey key) {
            this.idempotencyKey = key;
            return this;
        }

        /** What a cache may do with the call. */
        public Builder cacheUse(CacheUse use) {
            this.cacheUse = use;
            return this;
        }

        /** Where the call comes from, for records. */
        public Builder labels(CallLabels said) {
            this.labels = said;
            return this;
        }

        /** The span that the call belongs to, which providers are told, too; null for none. */
        public Builder trace(@Nullable TraceContext span) {
            this.trace = span;
            return this;
        }

        /** Is told what happens to this call, beside the gateway's own listeners; null for none. */
        public Builder listener(@Nullable GatewayListener told) {
            this.listener = told;
            return this;
        }

        /** Ends the call from another thread. */
        public Builder cancellation(Cancellation ends) {
            this.cancellation = ends;
            return this;
        }

        /** The options. The builder may be used again. */
        public CallOptions build() {
            return new CallOptions(this);
        }
    }
}
