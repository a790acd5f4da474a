package dev.llmgateway.api.routing;

import java.util.Locale;

/** How a model of a provider is trusted after its last calls. */
public enum CircuitState {
    /** It is asked. */
    CLOSED,
    /** It failed too often and is not asked for a while. */
    OPEN,
    /** A few calls try whether it works again. */
    HALF_OPEN;

    /** The state as answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
