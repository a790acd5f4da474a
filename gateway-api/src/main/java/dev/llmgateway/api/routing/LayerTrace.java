package dev.llmgateway.api.routing;

import java.util.List;

/**
 * What one layer did.
 *
 * @param in how many candidates came in
 * @param eliminated who went out, in the catalog's order
 * @param nanos how long the layer took
 */
public record LayerTrace(Layer layer, int in, List<Elimination> eliminated, long nanos) {
    public LayerTrace {
        eliminated = List.copyOf(eliminated);
    }

    /** How many candidates are left. */
    public int out() {
        return in - eliminated.size();
    }
}
