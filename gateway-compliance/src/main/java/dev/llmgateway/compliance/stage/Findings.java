package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Finding;

/** Tells a call's listener of what was found on one side of it. */
record Findings(Exchange exchange, Side side) {

    void tell(String place, Finding finding, Action action) {
        exchange.listener()
                .contentFound(
                        exchange,
                        new ComplianceFinding(
                                side,
                                done(action),
                                finding.kind().id(),
                                finding.rule(),
                                place,
                                finding.start(),
                                finding.end(),
                                finding.hash()));
    }

    private static ComplianceFinding.Action done(Action action) {
        return switch (action) {
            case REDACT -> ComplianceFinding.Action.REDACTED;
            case BLOCK -> ComplianceFinding.Action.BLOCKED;
            case LOG_ONLY -> ComplianceFinding.Action.LOGGED;
        };
    }
}
