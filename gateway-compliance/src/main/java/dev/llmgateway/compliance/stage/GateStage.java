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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of answers what may not reach the caller, whoever gives the answer: a provider or a cache. A finding to be redacted
 * becomes {@link StreamGate#REDACTED}. Immutable and thread safe.
 *
 * {@snippet :
 * Gateway gateway = Gateway.builder()
 *         .provider(provider)
 *         .stage(Stage.GATE, GateStage.of(Scanner.defaults(), Actions.all(Action.REDACT)))
 *         .build();
 * }
 *
 * A blocked answer ends with {@link GatewayException.BlockedByCompliance}, a stream also in the middle; nothing of the finding
 * has left then. What is found is told to {@link dev.llmgateway.api.GatewayListener#contentFound}. A scanner that fails fails
 * the call.
 */
public final class GateStage implements Interceptor {

    private final StreamGate.@Nullable Rules common;
    private final Map<String, StreamGate.Rules> byTenant;

    private GateStage(Builder from) {
        common = from.common;
        byTenant = Map.copyOf(from.byTenant);
    }

    /** A gate with the same rules for everybody. */
    public static GateStage of(Scanner scanner, Actions actions) {
        return builder().rules(scanner, actions).build();
    }

    /** Starts a gate that lets everything pass. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatStream intercept(Exchange exchange, Handler next) {
        StreamGate.Rules own = byTenant.get(exchange.caller().tenant());
        StreamGate.Rules rules = own == null ? common : own;
        return rules == null
                ? next.handle(exchange)
                : gated(exchange, next, new Gate(rules, new Findings(exchange, Side.ANSWER)));
    }

    private static ChatStream gated(Exchange exchange, Handler next, Gate gate) {
        SafeFailures failures = new SafeFailures(gate);
        ChatStream answer;
        try {
            answer = next.handle(exchange);
        } catch (GatewayException e) {
            throw failures.safe(e);
        }
        UntoldTexts untold = new UntoldTexts(gate);
        ChatStream checked = new CheckedWire(answer, exchange.request().dialect(), untold);
        return new FilteredChatStream(failures.within(checked), gate, untold);
    }

    /** Builds a {@link GateStage}. Not thread safe. */
    public static final class Builder {

        private StreamGate.@Nullable Rules common;
        private final Map<String, StreamGate.Rules> byTenant = new HashMap<>();

        private Builder() {}

        /** Looks through all answers. */
        public Builder rules(Scanner scanner, Actions actions) {
            common = StreamGate.rules(scanner, actions);
            return this;
        }

        /** Looks through the answers to one tenant by rules of its own. */
        public Builder rulesOf(String tenant, Scanner scanner, Actions actions) {
            byTenant.put(tenant, StreamGate.rules(scanner, actions));
            return this;
        }

        public GateStage build() {
            return new GateStage(this);
        }
    }
}
