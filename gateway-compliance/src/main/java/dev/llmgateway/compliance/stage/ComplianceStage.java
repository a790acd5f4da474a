package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.marking.MarkingPolicy;
import dev.llmgateway.compliance.marking.MarkingPolicy.OnMarking;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of requests what may not be sent, and puts the caller's own values back into the answer. Everything behind this stage
 * sees the sanitized request only. {@link GateStage} is its counterpart for what the model says. Immutable and thread safe.
 *
 * {@snippet :
 * Scanner scanner = Scanner.defaults();
 * Gateway gateway = Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.COMPLIANCE, ComplianceStage.builder()
 *                 .sanitizeRequests(scanner, Actions.all(Action.REDACT))
 *                 .build())
 *         .stage(Stage.GATE, GateStage.of(scanner, Actions.all(Action.REDACT)))
 *         .build();
 * }
 *
 * A blocked request ends with {@link dev.llmgateway.api.GatewayException.BlockedByCompliance}. What is found is told to {@link
 * dev.llmgateway.api.GatewayListener#contentFound}. A scanner that fails fails the call.
 */
public final class ComplianceStage implements Interceptor {

    private final MarkingPolicy markings;
    private final @Nullable RequestSanitizer sanitizer;
    private final boolean restore;

    private ComplianceStage(Builder from) {
        markings = from.markings;
        sanitizer = from.sanitizer;
        restore = from.restore;
    }

    /** Starts a stage that does nothing. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        Placeholders placeholders = restore ? new Placeholders() : null;
        Exchange level = markings.apply(exchange);
        Exchange sanitized = sanitizer == null ? level : sanitizer.sanitize(level, placeholders);
        ChatStream answer = next.handle(sanitized);
        return placeholders == null || placeholders.isEmpty()
                ? answer
                : new FilteredChatStream(answer, new Restoration(placeholders));
    }

    /** The level counts for the choice of the model; the texts that are replaced hardly do. */
    @Override
    public Exchange preview(Exchange exchange) {
        return markings.preview(exchange);
    }

    /** Builds a {@link ComplianceStage}. Not thread safe. */
    public static final class Builder {

        private MarkingPolicy markings = new MarkingPolicy(OnMarking.IGNORE);
        private @Nullable RequestSanitizer sanitizer;
        private boolean restore;

        private Builder() {}

        /** Treats requests by the classification markings in their texts; without it those are ignored. */
        public Builder markings(MarkingPolicy policy) {
            markings = policy;
            return this;
        }

        /**
         * Looks through every text of every request. A finding to be redacted becomes {@code [REDACTED:<kind>]}.
         *
         * @param actions what happens to each kind
         */
        public Builder sanitizeRequests(Scanner scanner, Actions actions) {
            sanitizer = new RequestSanitizer(scanner, actions);
            return this;
        }

        /**
         * Gives the caller the original values back: placeholders are numbered, {@code [REDACTED:<kind>:<n>]}, the same for the
         * same value, and where the answer repeats one, the value stands there again. The values are kept in memory until the
         * call ends.
         */
        public Builder restore(boolean wanted) {
            restore = wanted;
            return this;
        }

        public ComplianceStage build() {
            return new ComplianceStage(this);
        }
    }
}
