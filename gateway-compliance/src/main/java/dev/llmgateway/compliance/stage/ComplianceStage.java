package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ChatStream;
import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.Handler;
import dev.llmgateway.api.Interceptor;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import dev.llmgateway.compliance.marking.MarkingPolicy;
import dev.llmgateway.compliance.marking.MarkingPolicy.OnMarking;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of requests what may not be sent, and out of answers what may not reach the caller, whoever gives the answer: a
 * provider or a cache. Everything behind this stage sees the sanitized request only. Immutable and thread safe.
 *
 * {@snippet :
 * Scanner scanner = Scanner.defaults();
 * Gateway gateway = Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.COMPLIANCE, ComplianceStage.builder()
 *                 .sanitizeRequests(scanner, Actions.all(Action.REDACT))
 *                 .gateAnswers(scanner, Actions.all(Action.REDACT))
 *                 .build())
 *         .build();
 * }
 *
 * A blocked request or answer ends with {@link dev.llmgateway.api.GatewayException.BlockedByCompliance}; so does a stream in
 * the middle, of which nothing of the finding has left. What is found is told to {@link
 * dev.llmgateway.api.GatewayListener#contentFound}. A scanner that fails fails the call.
 */
public final class ComplianceStage implements Interceptor {

    private final MarkingPolicy markings;
    private final @Nullable RequestSanitizer sanitizer;
    private final boolean restore;
    private final StreamGate.@Nullable Rules gate;
    private final Map<String, StreamGate.Rules> gateByTenant;

    private ComplianceStage(Builder from) {
        markings = from.markings;
        sanitizer = from.sanitizer;
        restore = from.restore;
        gate = from.gate;
        gateByTenant = Map.copyOf(from.gateByTenant);
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
        StreamGate.Rules rules = rules(exchange.caller().tenant());
        ChatStream answer = rules == null
                ? next.handle(sanitized)
                : gated(sanitized, next, new Gate(rules, new Findings(exchange, Side.ANSWER)));
        return placeholders == null || placeholders.isEmpty()
                ? answer
                : new FilteredChatStream(answer, new Restoration(placeholders));
    }

    private static ChatStream gated(Exchange exchange, Handler next, Gate gate) {
        SafeFailures failures = new SafeFailures(gate);
        ChatStream answer;
        try {
            answer = next.handle(exchange);
        } catch (GatewayException e) {
            throw failures.safe(e);
        }
        ChatStream checked = new CheckedWire(answer, exchange.request().dialect(), gate);
        return new FilteredChatStream(failures.within(checked), gate);
    }

    /** The level counts for the choice of the model; the texts that are replaced hardly do. */
    @Override
    public Exchange preview(Exchange exchange) {
        return markings.preview(exchange);
    }

    private StreamGate.@Nullable Rules rules(String tenant) {
        StreamGate.Rules own = gateByTenant.get(tenant);
        return own == null ? gate : own;
    }

    /** Builds a {@link ComplianceStage}. Not thread safe. */
    public static final class Builder {

        private MarkingPolicy markings = new MarkingPolicy(OnMarking.IGNORE);
        private @Nullable RequestSanitizer sanitizer;
        private boolean restore;
        private StreamGate.@Nullable Rules gate;
        private final Map<String, StreamGate.Rules> gateByTenant = new HashMap<>();

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

        /** Looks through all answers. A finding to be redacted becomes {@link StreamGate#REDACTED}. */
        public Builder gateAnswers(Scanner scanner, Actions actions) {
            gate = StreamGate.rules(scanner, actions);
            return this;
        }

        /** Looks through the answers to one tenant by rules of its own. */
        public Builder gateAnswersTo(String tenant, Scanner scanner, Actions actions) {
            gateByTenant.put(tenant, StreamGate.rules(scanner, actions));
            return this;
        }

        public ComplianceStage build() {
            return new ComplianceStage(this);
        }
    }
}
