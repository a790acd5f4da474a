package dev.llmgateway.examples;

import dev.llmgateway.resilience.Resilient;
import dev.llmgateway.resilience.RetryPolicy;
import dev.llmgateway.resilience.circuit.CircuitOpenException;
import dev.llmgateway.resilience.circuit.CircuitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What protects calls to providers, around any other call of an application, without a gateway: tries again, leaves alone what
 * keeps failing, and gives up in time. {@code examples/run WrapAnyCall}
 */
public final class WrapAnyCall {

    private WrapAnyCall() {}

    public static void main(String[] args) {
        wrap();
    }

    static void wrap() {
        Resilient mails = Resilient.builder("mail server")
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(10), Duration.ofMillis(50)))
                .circuit(new CircuitPolicy(3, Duration.ofMinutes(1), Duration.ofSeconds(30), 1))
                .timeout(Duration.ofSeconds(5))
                .build();
        MailServer server = new MailServer();
        server.failures = 1;
        System.out.println(outcome(mails, server::send));
        server.failures = Integer.MAX_VALUE;
        System.out.println(outcome(mails, server::send));
        System.out.println(outcome(mails, server::send));
        System.out.println(server.calls + " calls were made");
    }

    private static String outcome(Resilient resilient, Callable<String> work) {
        try {
            return resilient.call(work);
        } catch (CircuitOpenException e) {
            return "left alone: " + e.getMessage();
        } catch (Exception e) {
            return "failed: " + e.getMessage();
        }
    }

    /** Stands for anything that may fail. */
    private static final class MailServer {
        private int failures;
        private int calls;

        String send() throws IOException {
            calls++;
            if (failures-- > 0) {
                throw new IOException("connection reset");
            }
            return "sent";
        }
    }
}
