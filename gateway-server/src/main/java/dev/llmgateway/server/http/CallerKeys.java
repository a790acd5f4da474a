package dev.llmgateway.server.http;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.resilience.tenants.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds the virtual keys of calls and whom they belong to, and keeps out who has none. */
final class CallerKeys {

    /**
     * What a call brought.
     *
     * @param key null when it brought none
     * @param caller whom the key belongs to; null when that is not known
     * @param refusal why the call is refused; null when it is not
     */
    record Found(
            @Nullable String key,
            @Nullable Caller caller,
            @Nullable GatewayException refusal) {

        /** Whom the call belongs to where callers need no keys. */
        Caller callerOrDefault() {
            return caller == null ? Caller.DEFAULT : caller;
        }
    }

    private final Authentication callers;

    CallerKeys(Authentication callers) {
        this.callers = callers;
    }

    /**
     * The key that a call is made with. Clients that have a key of the vendor's own beside the gateway's send both, so of two
     * keys the known one counts, and of two known ones that of {@code Authorization}.
     */
    Found find(HttpServletRequest request) {
        SentKeys sent = SentKeys.of(request::getHeader);
        Found bearer = found(sent.bearer());
        if (sent.apiKey() == null || bearer.caller != null) {
            return bearer;
        }
        Found apiKey = found(sent.apiKey());
        return sent.bearer() == null || apiKey.caller != null ? apiKey : bearer;
    }

    private Found found(@Nullable String key) {
        Caller caller = callers.find(key);
        return new Found(key, caller, callers.refusal(key, caller));
    }

    /**
     * For what is not counted as a call, but only for callers: returns whom the request belongs to.
     *
     * @throws HttpRefusal when the request has no known key and needs one
     */
    Caller require(HttpServletRequest request) {
        Found found = find(request);
        if (found.refusal() != null) {
            throw new HttpRefusal(ErrorMapping.of(found.refusal()));
        }
        return found.callerOrDefault();
    }
}
