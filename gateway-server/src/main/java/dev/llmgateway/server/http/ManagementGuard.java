package dev.llmgateway.server.http;

import dev.llmgateway.ir.codec.WireError;
import dev.llmgateway.server.config.Secret;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps management to those whom it belongs to: who sends {@code auth.admin_key}, or callers on this machine when there is
 * no such key.
 *
 * <p>Every route is management unless it is listed as open, so that one that is forgotten here is shut and not open. The
 * route that was matched counts, not the path as it was written, so no spelling of a path leads around the guard.
 */
final class ManagementGuard {

    private static final Set<String> OPEN = Set.of(
            "/",
            "/health",
            "/api/hello",
            "/pp/version",
            ModelsEndpoint.ALL,
            ModelsEndpoint.ONE,
            "/v1/chat/completions",
            "/v1/embeddings",
            "/v1/messages",
            "/v1/messages/count_tokens",
            "/v1/responses",
            "/v1/responses/input_tokens",
            NoStoredResponses.COMPACT,
            NoStoredResponses.ONE,
            NoStoredResponses.CANCEL,
            NoStoredResponses.INPUT_ITEMS);

    private static final String METRICS = "/metrics";

    /** Headers of reverse proxies. Whoever comes through one looks as if on the proxy's machine, often this one. */
    private static final List<String> FORWARDED =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via");

    private final @Nullable Secret adminKey;
    private final boolean metricsArePublic;
    private final BrowserGuard browsers;

    /**
     * A guard.
     *
     * @param adminKey the key for management; null to let callers on this machine in
     */
    ManagementGuard(@Nullable Secret adminKey, boolean metricsArePublic, BrowserGuard browsers) {
        this.adminKey = adminKey;
        this.metricsArePublic = metricsArePublic;
        this.browsers = browsers;
    }

    /**
     * To be called when a route has been matched and before it is taken.
     *
     * @throws HttpRefusal when the caller may not take it
     */
    void check(Context context) {
        Endpoint route = context.endpoints().matchedHttpEndpoint();
        // Without a route the request is a HEAD on a GET route, which is answered with nothing.
        if (route != null && isGuarded(route.path)) {
            HttpRefusal refusal = refusal(context.req().getRemoteAddr(), context.req()::getHeader);
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    /** Whether a route, as it is registered, is not for everybody. */
    boolean isGuarded(String route) {
        return !OPEN.contains(route) && !(metricsArePublic && route.equals(METRICS));
    }

    /** Why a caller may not manage the gateway, or null when it may. */
    @Nullable
    HttpRefusal refusal(String remoteAddress, UnaryOperator<@Nullable String> header) {
        return adminKey == null ? notLocal(remoteAddress, header) : notAdmin(adminKey, header);
    }

    private static @Nullable HttpRefusal notAdmin(Secret adminKey, UnaryOperator<@Nullable String> header) {
        SentKeys sent = SentKeys.of(header);
        if (isKey(adminKey, sent.bearer()) || isKey(adminKey, sent.apiKey())) {
            return null;
        }
        return unauthenticated(
                sent.isEmpty()
                        ? "this needs the key of auth.admin_key: send it as \"Authorization: Bearer <key>\" or in x-api-key"
                        : "the key that was sent is not that of auth.admin_key; keys for calls do not open management");
    }

    private @Nullable HttpRefusal notLocal(String remoteAddress, UnaryOperator<@Nullable String> header) {
        if (!BrowserGuard.isLoopback(remoteAddress)) {
            return HttpRefusal.thisMachineOnly(
                    "set auth.admin_key in the configuration to allow others in by that key");
        }
        if (FORWARDED.stream().anyMatch(name -> header.apply(name) != null)) {
            return HttpRefusal.thisMachineOnly("this call came through a proxy, which hides where it is from;"
                    + " set auth.admin_key in the configuration to allow it in by that key");
        }
        if (!browsers.namesThisMachine(header.apply("host"))) {
            return HttpRefusal.thisMachineOnly("the Host header names another one; call 127.0.0.1 or localhost,"
                    + " or set auth.admin_key in the configuration");
        }
        return null;
    }

    /** In a time that does not tell how much of the key was right. */
    private static boolean isKey(Secret adminKey, @Nullable String sent) {
        return sent != null && adminKey.equals(new Secret(sent));
    }

    private static HttpRefusal unauthenticated(String message) {
        WireError error = new WireError(401, WireError.Kind.AUTHENTICATION, message, "invalid_api_key", null);
        return new HttpRefusal(ErrorAnswer.of(error).with("www-authenticate", "Bearer"));
    }
}
