package dev.llmgateway.api.spi;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.TargetState;
import dev.llmgateway.api.routing.TargetState.Ready;
import dev.llmgateway.api.routing.TargetState.Strained;
import dev.llmgateway.api.routing.TargetState.Unavailable;
import java.util.List;

/** The worst of what several know. */
final class CombinedHealth implements TargetHealth {

    private final TargetHealth[] parts;

    CombinedHealth(List<TargetHealth> parts) {
        this.parts = parts.toArray(TargetHealth[]::new);
    }

    @Override
    public TargetState state(Caller caller, Provider provider, String model) {
        TargetState worst = TargetState.READY;
        for (TargetHealth part : parts) {
            worst = worse(worst, part.state(caller, provider, model));
        }
        return worst;
    }

    /** All must have passed before it is asked again, so of two that forbid it the longer one counts. */
    private static TargetState worse(TargetState one, TargetState other) {
        return switch (other) {
            case Ready ready -> one;
            case Strained strained -> one instanceof Ready ? other : one;
            case Unavailable now ->
                one instanceof Unavailable before && before.retryAfter().compareTo(now.retryAfter()) >= 0 ? one : now;
        };
    }
}
