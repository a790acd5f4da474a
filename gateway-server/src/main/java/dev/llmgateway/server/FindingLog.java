package dev.llmgateway.server;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Logs what was found in requests and answers: everything but the values. */
final class FindingLog implements GatewayListener {

    private static final Logger LOG = System.getLogger("dev.llmgateway.compliance");

    @Override
    public void contentFound(Exchange exchange, ComplianceFinding finding) {
        LOG.log(
                Level.INFO,
                () -> word(finding.action()) + " " + finding.kind() + " (" + finding.rule() + ", hash " + finding.hash()
                        + ") in the " + word(finding.side()) + " of " + exchange.id() + " at " + finding.place() + " "
                        + finding.start() + "-" + finding.end());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
