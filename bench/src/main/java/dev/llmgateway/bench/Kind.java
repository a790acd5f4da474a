package dev.llmgateway.bench;

import java.util.Arrays;
import java.util.List;

/** What can be measured. */
enum Kind {
    DIRECT("direct", false),
    BARE("bare", true),
    BARE_TIMEOUTS("bare-timeouts", true),
    NGINX("nginx", false),
    GATEWAY("gateway", true),
    /** The gateway without records, metrics and logs. */
    GATEWAY_UNWATCHED("gateway-unwatched", true),
    /** The gateway with everything switched on that a request can pass through. */
    GATEWAY_ALL_ON("gateway-all-on", true),
    /** The gateway that looks for everything in requests and answers. */
    GATEWAY_COMPLIANCE("gateway-compliance", true);

    private final String label;
    private final boolean jit;

    Kind(String label, boolean jit) {
        this.label = label;
        this.jit = jit;
    }

    String label() {
        return label;
    }

    /** Whether it is compiled while it runs, and so needs a long warm-up. */
    boolean jit() {
        return jit;
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static Kind ofLabel(String label) {
        List<String> labels = Arrays.stream(values()).map(Kind::label).toList();
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no contender is called '" + label + "'; there are: " + String.join(", ", labels));
        }
        return values()[index];
    }
}
