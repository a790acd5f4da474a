package dev.llmgateway.compliance.stage;

import dev.llmgateway.api.ComplianceFinding.Side;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayException;
import dev.llmgateway.compliance.Action;
import dev.llmgateway.compliance.Actions;
import dev.llmgateway.compliance.Finding;
import dev.llmgateway.compliance.Scanner;
import dev.llmgateway.ir.ChatRequest;
import dev.llmgateway.ir.text.RequestTexts;
import dev.llmgateway.ir.text.TextMapper;
import dev.llmgateway.ir.text.TextPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what may not be sent out of every text of a request. Immutable and thread safe. */
final class RequestSanitizer {

    private final Scanner scanner;
    private final Actions actions;

    RequestSanitizer(Scanner scanner, Actions actions) {
        this.scanner = scanner;
        this.actions = actions;
    }

    /**
     * The call with a request that may be sent; the same call when nothing was replaced.
     *
     * @param placeholders remembers what was replaced; null to forget it
     * @throws GatewayException.BlockedByCompliance if a finding's kind is to be blocked
     */
    Exchange sanitize(Exchange exchange, @Nullable Placeholders placeholders) {
        ChatRequest request = exchange.request();
        if (placeholders != null) {
            RequestTexts.visit(request, (text, place) -> {
                placeholders.avoid(text);
                return true;
            });
        }
        Mapper mapper = new Mapper(new Findings(exchange, Side.REQUEST), placeholders);
        ChatRequest sanitized = RequestTexts.map(request, mapper);
        return sanitized == request ? exchange : exchange.withRequest(mapper.cited.putRight(sanitized));
    }

    /** One request's texts. */
    private final class Mapper implements TextMapper {

        private final Findings findings;
        private final @Nullable Placeholders placeholders;
        private final CitedHistory cited = new CitedHistory();

        Mapper(Findings findings, @Nullable Placeholders placeholders) {
            this.findings = findings;
            this.placeholders = placeholders;
        }

        @Override
        public String map(String text, TextPlace place) {
            List<Finding> found = scanner.scan(text);
            return found.isEmpty() ? text : replaced(text, found, 0, place);
        }

        /** The name of a member may say what its value is, so the scanner sees both, written as in JSON. */
        @Override
        public String mapMember(String name, String value, TextPlace place) {
            String before = '"' + name + "\": \"";
            List<Finding> found = scanner.scan(before + value + '"');
            return found.isEmpty() ? value : replaced(value, found, before.length(), place);
        }

        /**
         * The text with placeholders.
         *
         * @param before how many characters were put before the text when it was scanned
         */
        private String replaced(String text, List<Finding> found, int before, TextPlace place) {
            StringBuilder safe = new StringBuilder(text.length());
            FilteredText places = new FilteredText();
            places.arrive(text.length());
            int copied = 0;
            for (Finding shifted : found) {
                int start = Math.max(0, shifted.start() - before);
                int end = Math.min(text.length(), shifted.end() - before);
                if (end > start) {
                    Finding finding = shifted.at(start, end);
                    Action action = actions.of(finding.kind());
                    findings.tell(place.path(), finding, action);
                    refuseIf(action == Action.BLOCK, finding, place);
                    if (action == Action.REDACT) {
                        String instead = placeholder(finding, text.substring(start, end));
                        safe.append(text, copied, start).append(instead);
                        places.pass(start - copied);
                        places.replace(end - start, instead);
                        copied = end;
                    }
                }
            }
            if (copied == 0) {
                return text;
            }
            places.pass(text.length() - copied);
            String now = safe.append(text, copied, text.length()).toString();
            cited.replaced(text, now, places);
            return now;
        }

        private String placeholder(Finding finding, String value) {
            return placeholders == null ? Scanner.placeholder(finding.kind()) : placeholders.of(finding.kind(), value);
        }
    }

    private static void refuseIf(boolean blocked, Finding finding, TextPlace place) {
        if (blocked) {
            throw new GatewayException.BlockedByCompliance("the request contains something of the kind \""
                    + finding.kind().id() + "\" in " + place.path()
                    + ", which may not be sent from here; remove it, or write a placeholder in its place");
        }
    }
}
