package dev.llmgateway.api.json;

import dev.llmgateway.api.records.Bodies;
import dev.llmgateway.api.records.CallDetails;
import dev.llmgateway.api.records.CallTrace;
import dev.llmgateway.api.routing.LayerTrace;
import dev.llmgateway.api.routing.RoutingDecision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The details of a call of which nothing that was said is kept. The trace is written each time that somebody asks for it. */
public record TraceDetails(CallTrace of) implements CallDetails {

    /** What is told of one model that went out or was ranked, or of a finding, and what is told of a trace beside it, about. */
    private static final int BYTES_PER_TOLD = 120;

    private static final int BYTES_PER_TRACE = 1_000;

    @Override
    public String trace() {
        return new String(TraceJson.toBytes(of), StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Bodies bodies() {
        return null;
    }

    @Override
    public long bytes() {
        RoutingDecision decision = of.decision();
        int told = of.findings().size();
        if (decision != null) {
            told += decision.ranking().size();
            for (LayerTrace layer : decision.layers()) {
                told += layer.eliminated().size();
            }
        }
        return BYTES_PER_TRACE + (long) BYTES_PER_TOLD * told;
    }
}
