package dev.llmgateway.resilience.tenants;

import dev.llmgateway.api.CallOptions;
import dev.llmgateway.api.Caller;
import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by its virtual key whom a call belongs to; for {@link dev.llmgateway.api.Stage#AUTHENTICATION}.
 *
 * <pre>{@code
 * VirtualKeys keys = VirtualKeys.of(Map.of(alphasKey, Caller.tenant("team-alpha")));
 * Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.AUTHENTICATION, Authentication.required(keys))
 *         .build();
 * gateway.chat(request, CallOptions.builder().virtualKey(sent).build());
 * }</pre>
 *
 * <p>Thread safe.
 */
public final class Authentication implements Interceptor {

    private final VirtualKeys keys;
    private final boolean required;

    /** Let in without a key; null for nobody. */
    private final @Nullable Caller own;

    private Authentication(VirtualKeys keys, boolean required, @Nullable Caller own) {
        this.keys = keys;
        this.required = required;
        this.own = own;
    }

    /** Refuses calls without a known key, unless there are no keys at all. */
    public static Authentication required(VirtualKeys keys) {
        return new Authentication(keys, !keys.isEmpty(), null);
    }

    /** Lets calls without a known key in for whomever their options name, which is {@link Caller#DEFAULT} unless set. */
    public static Authentication optional(VirtualKeys keys) {
        return new Authentication(keys, false, null);
    }

    /**
     * The same, which lets in calls of the application's own without a key.
     *
     * @param caller must be in the options of such calls, this very object and not one that is equal to it
     */
    public Authentication trusting(Caller caller) {
        return new Authentication(keys, required, caller);
    }

    /**
     * Whom a key belongs to; null when it is not known. For those who want to know before they read the body of a call: when they
     * make the call with this caller in its options, its key is not looked up again.
     *
     * @param key null when none was sent
     */
    public @Nullable Caller find(@Nullable String key) {
        return key == null ? null : keys.find(key);
    }

    /**
     * Why a call is refused; null when it is not.
     *
     * @param key null when none was sent
     * @param found what {@link #find} made of it
     */
    public GatewayException.@Nullable Unauthenticated refusal(@Nullable String key, @Nullable Caller found) {
        if (!required || found != null) {
            return null;
        }
        return new GatewayException.Unauthenticated(
                key == null
                        ? "this needs a key: send it as \"Authorization: Bearer <key>\" or in x-api-key"
                        : "the key that was sent is not known here");
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        CallOptions options = exchange.options();
        String key = options.virtualKey();
        Caller caller = isKnown(options.caller()) ? options.caller() : find(key);
        GatewayException refusal = refusal(key, caller);
        if (refusal != null) {
            throw refusal;
        }
        Exchange known = caller == null || caller.equals(options.caller())
                ? exchange
                : exchange.withOptions(options.withCaller(caller));
        known.listener().authenticated(known);
        return next.handle(known);
    }

    @SuppressWarnings("ReferenceEquality") // anybody can make an equal one
    private boolean isKnown(Caller caller) {
        return caller == own || keys.gave(caller);
    }
}
