package dev.llmgateway.api.spi;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.TargetState;
import java.util.List;

/**
 * Knows which targets can be asked now. A router leaves out who cannot be; whoever opens the attempt checks once more. Thread
 * safe, and quick: it is asked for every candidate of every decision.
 */
@FunctionalInterface
public interface TargetHealth {

    /** Everybody is ready. */
    TargetHealth ALL_READY = (caller, provider, model) -> TargetState.READY;

    /**
     * The state of a model at a provider.
     *
     * @param caller a tenant with a key of its own at the provider has limits of its own there
     * @param model the id that goes on the wire
     */
    TargetState state(Caller caller, Provider provider, String model);

    /**
     * What several know, taken together: the {@linkplain TargetState#worse worst} of it. None at all is {@link #ALL_READY}.
     */
    static TargetHealth all(List<TargetHealth> parts) {
        return switch (parts.size()) {
            case 0 -> ALL_READY;
            case 1 -> parts.getFirst();
            default -> new CombinedHealth(parts);
        };
    }
}
