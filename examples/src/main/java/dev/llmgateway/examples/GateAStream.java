package dev.llmgateway.examples;

import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.compliance.StreamGate;
import dev.llmgateway.compliance.detect.Kind;
import java.util.List;
import java.util.Map;

/**
 * Lets a text pass that arrives in pieces, and nothing of a secret in it, although the pieces cut it anywhere. {@code
 * examples/run GateAStream}
 */
public final class GateAStream {

    private GateAStream() {}

    public static void main(String[] args) {
        pass(List.of(
                "The mail",
                " went to ja",
                "ne.doe@exam",
                "ple.org, and the se",
                "rver is 10.1",
                ".2.3; that is",
                " all."));
    }

    /** Shows for each piece what leaves, and what is held back because it may still become a secret. */
    static void pass(List<String> pieces) {
        Actions actions = new Actions(Action.REDACT, Map.of(Kind.IP_ADDRESS, Action.LOG_ONLY));
        StreamGate.Rules rules = StreamGate.rules(Scanner.defaults(), actions);
        StreamGate gate = rules.open((finding, action) ->
                System.out.println("  found: " + finding.kind().id() + " at " + finding.start() + ", " + action));
        for (String piece : pieces) {
            System.out.println("\"" + piece + "\" -> \"" + gate.accept(piece) + "\", held: " + gate.held());
        }
        System.out.println("end -> \"" + gate.finish() + "\"");
    }
}
