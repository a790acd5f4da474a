package dev.llmgateway.server;

import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * Logs what was found in requests and answers: everything but the values. A text can have thousands of findings, and the line of
 * its request counts them; so only what was blocked is told at the usual level.
 */
final class FindingLog implements GatewayListener {

    private static final Logger LOG = System.getLogger("dev.llmgateway.compliance");

    @Override
    public void contentFound(Exchange exchange, ComplianceFinding finding) {
        LOG.log(
                finding.action() == ComplianceFinding.Action.BLOCKED ? Level.INFO : Level.DEBUG,
                () -> word(finding.action()) + " " + finding.kind() + " (" + finding.rule() + ", hash " + finding.hash()
                        + ") in the " + word(finding.side()) + " of " + exchange.id() + " at " + finding.place() + " "
                        + finding.start() + "-" + finding.end());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
