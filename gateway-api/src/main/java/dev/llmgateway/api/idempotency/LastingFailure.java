package dev.llmgateway.api.idempotency;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.GatewayException.InvalidRequest;
import dev.llmgateway.api.GatewayException.ProviderFailed;
import dev.llmgateway.api.GatewayException.ProviderFailed.Phase;
import dev.llmgateway.api.GatewayException.TooLarge;
import dev.llmgateway.ir.codec.WireError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is the request's own fault, so that the same request fails in the same way again: it is wrong, or too large.
 * What may change from one minute to the next is none: limits, budgets, keys, permissions, and which models there are.
 *
 * <p>It remembers what was said, and not the exception, which holds on to the stack it was thrown from.
 */
sealed interface LastingFailure {

    /** Memory of an object with its parts. */
    int OBJECT = 256;

    /** What lasts of a failure; empty when another try may go better. */
    static Optional<LastingFailure> of(GatewayException failure) {
        return switch (failure) {
            case InvalidRequest e -> Optional.of(new Invalid(e.param(), String.valueOf(e.getMessage())));
            case TooLarge e -> Optional.of(new Oversized(String.valueOf(e.getMessage()), e.largestWindow()));
            case ProviderFailed e
            when isRequestsFault(e) -> Optional.of(new Refused(e.provider(), e.phase(), e.error()));
            case GatewayException ignored -> Optional.empty();
        };
    }

    private static boolean isRequestsFault(ProviderFailed failure) {
        int status = failure.error().status();
        return !failure.mayFailOver() && status >= 400 && status < 500;
    }

    /** The failure as it is thrown again. */
    GatewayException again();

    /** The characters that it holds. */
    int length();

    /** About how much memory it takes. */
    default long bytes() {
        return OBJECT + 2L * length();
    }

    /** As {@link InvalidRequest}. */
    record Invalid(@Nullable String param, String message) implements LastingFailure {
        @Override
        public GatewayException again() {
            return new InvalidRequest(param, message);
        }

        @Override
        public int length() {
            return message.length() + (param == null ? 0 : param.length());
        }
    }

    /** As {@link TooLarge}. */
    record Oversized(String message, long largestWindow) implements LastingFailure {
        @Override
        public GatewayException again() {
            return new TooLarge(message, largestWindow);
        }

        @Override
        public int length() {
            return message.length();
        }
    }

    /** As {@link ProviderFailed}. */
    record Refused(String provider, Phase phase, WireError error) implements LastingFailure {
        @Override
        public GatewayException again() {
            return new ProviderFailed(provider, phase, error, null, null);
        }

        @Override
        public int length() {
            return error.message().length() + error.extras().json().length();
        }
    }
}
