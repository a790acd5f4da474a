package dev.llmgateway.api.spi;

import dev.llmgateway.api.Caller;
import dev.llmgateway.api.routing.TargetState;
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
            worst = worst.worse(part.state(caller, provider, model));
        }
        return worst;
    }
}
