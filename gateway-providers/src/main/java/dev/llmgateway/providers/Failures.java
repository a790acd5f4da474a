package dev.llmgateway.providers;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.ir.codec.DialectCodec;
import dev.llmgateway.ir.codec.ErrorExtras;
import dev.llmgateway.ir.codec.WireError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong at one provider in sentences that hold no key and no address; causes are kept for the log. Thread
 * safe.
 */
final class Failures {

    private static final int BAD_GATEWAY = 502;

    private final String provider;
    private final DialectCodec codec;
    private final @Nullable String apiKey;
    private final boolean keyIsTenants;
    private final InstantSource clock;

    /**
     * Failures of calls with one key.
     *
     * @param keyIsTenants whether it is a tenant's own key, not the configured one
     */
    Failures(String provider, DialectCodec codec, @Nullable String apiKey, boolean keyIsTenants, InstantSource clock) {
        this.provider = provider;
        this.codec = codec;
        this.apiKey = apiKey;
        this.keyIsTenants = keyIsTenants;
        this.clock = clock;
    }

    /** Failures of calls with a tenant's own key. */
    Failures forTenantsKey(String key) {
        return new Failures(provider, codec, key, true, clock);
    }

    /** No answer began. */
    GatewayException beforeAnswer(IOException e) {
        return switch (e) {
            case ProtocolException ignored -> failed(Phase.NO_ANSWER, "answered with something that is not HTTP", e);
            case UnknownHostException ignored -> failed(Phase.CONNECT, "has a host name that is not known", e);
            case SocketTimeoutException ignored -> failed(Phase.CONNECT, "did not accept a connection in time", e);
            case ConnectException ignored -> failed(Phase.CONNECT, "did not accept a connection", e);
            case SSLException ignored -> failed(Phase.CONNECT, "could not be reached by TLS", e);
            default -> failed(Phase.CONNECT, "closed the connection before it answered", e);
        };
    }

    /** An answer began, and the connection broke. */
    GatewayException insideAnswer(IOException e) {
        return failed(Phase.BROKEN_OFF, "broke off inside its answer", e);
    }

    /** The bytes ended well, but too early. */
    GatewayException incomplete(RuntimeException e) {
        return failed(Phase.BROKEN_OFF, "broke off inside its answer: " + e.getMessage(), e);
    }

    /**
     * A success that no model has answered with.
     *
     * @param what a sentence's end: {@code answered with nothing}
     */
    GatewayException noAnswer(String what) {
        return failed(Phase.NO_ANSWER, what, null);
    }

    /**
     * A success with an answer that cannot be read.
     *
     * @param what a sentence's end: {@code answered with something that is no answer}
     */
    GatewayException malformed(String what, @Nullable Throwable cause) {
        return failed(Phase.MALFORMED, what, cause);
    }

    /** The provider said, inside a success, that it failed. */
    GatewayException reported(WireError error) {
        return new ProviderFailed(provider, Phase.REPORTED, shown(error), null, null);
    }

    /** As {@link #reported(WireError)}, by a unary answer. */
    GatewayException reported(WireError error, Headers headers, byte[] body) {
        return new ProviderFailed(provider, Phase.REPORTED, shown(error), retryAfter(headers, body), null);
    }

    /** A status of 400 or above. */
    GatewayException status(int status, Headers headers, byte[] body) {
        WireError error = codec.decodeError(status, body);
        return new ProviderFailed(provider, Phase.STATUS, shown(error), retryAfter(headers, body), null);
    }

    private @Nullable Duration retryAfter(Headers headers, byte[] body) {
        return RetryAfter.read(headers, body, clock.instant());
    }

    private ProviderFailed failed(Phase phase, String what, @Nullable Throwable cause) {
        String message = "provider \"" + provider + "\" " + what;
        WireError error = new WireError(BAD_GATEWAY, WireError.Kind.SERVER, message, null, null);
        return new ProviderFailed(provider, phase, error, null, cause);
    }

    /**
     * A refused key is in the gateway's configuration, so what the provider says about it is not for the caller; and no
     * other message may repeat the key. Of what else the error says, the names alone are told then.
     */
    private WireError shown(WireError error) {
        String message = error.message();
        ErrorExtras extras = error.extras();
        if (error.kind() == WireError.Kind.AUTHENTICATION) {
            String whose = keyIsTenants ? "for it from this tenant" : "for it";
            message = "provider \"" + provider + "\" refused the key that the gateway has " + whose;
            extras = extras.withheld(this::isWithoutKey);
        } else if (apiKey != null) {
            message = message.replace(apiKey, "[key]");
            extras =
                    extras.texts().stream().allMatch(this::isWithoutKey) ? extras : extras.withheld(this::isWithoutKey);
        }
        return new WireError(error.status(), error.kind(), message, error.code(), error.param(), extras);
    }

    private boolean isWithoutKey(String text) {
        return apiKey == null || !text.contains(apiKey);
    }
}
