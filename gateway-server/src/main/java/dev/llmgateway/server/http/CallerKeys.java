package dev.llmgateway.server.http;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.resilience.tenants.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds the virtual keys of calls, and keeps out who has none. */
final class CallerKeys {

    private final Authentication callers;

    CallerKeys(Authentication callers) {
        this.callers = callers;
    }

    /**
     * The key that a call is made with. Clients that have a key of the vendor's own beside the gateway's send both, so of two
     * keys the known one counts, and of two known ones that of {@code Authorization}.
     */
    @Nullable
    String find(HttpServletRequest request) {
        SentKeys sent = SentKeys.of(request::getHeader);
        if (sent.bearer() == null || sent.apiKey() == null) {
            return sent.bearer() == null ? sent.apiKey() : sent.bearer();
        }
        return !callers.knows(sent.bearer()) && callers.knows(sent.apiKey()) ? sent.apiKey() : sent.bearer();
    }

    /** Why a call with this key is refused, or null when it is not. */
    @Nullable
    GatewayException refusal(@Nullable String key) {
        return callers.refusal(key);
    }

    /**
     * For what is not counted as a call, but only for callers.
     *
     * @throws HttpRefusal when the request has no known key and needs one
     */
    void require(HttpServletRequest request) {
        GatewayException refusal = refusal(find(request));
        if (refusal != null) {
            throw new HttpRefusal(ErrorMapping.of(refusal));
        }
    }
}
