package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;

/** Counts what was found in requests and answers. Thread safe. */
public final class ComplianceMetrics implements GatewayListener {

    private final Meters meters;

    public ComplianceMetrics(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void contentFound(Exchange exchange, ComplianceFinding finding) {
        meters.found(finding.side(), finding.kind(), finding.action());
    }
}
