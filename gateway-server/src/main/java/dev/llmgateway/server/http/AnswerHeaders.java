package dev.llmgateway.server.http;

import dev.llmgateway.api.CacheLookup;
import dev.llmgateway.api.ComplianceFinding;
import dev.llmgateway.api.Exchange;
import dev.llmgateway.api.GatewayListener;
import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.routing.LevelSource;
import dev.llmgateway.ir.Dialect;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Tells the client in headers what happened to its one call on the way: they are set as it happens, so that errors carry them
 * too. All of it happens on the request's own thread, before any of the answer is written.
 */
final class AnswerHeaders implements GatewayListener {

    static final String CACHE = "x-gateway-cache";
    static final String CACHE_ENTRY = "x-gateway-cache-entry";
    static final String SIMILARITY = "x-gateway-semantic-similarity";
    static final String RAISED = "x-gateway-classification-raised";
    static final String REDACTIONS = "x-gateway-redactions";
    static final String IDEMPOTENT = "x-gateway-idempotent";

    private final HttpServletResponse response;
    private final Dialect dialect;
    private final InstantSource clock;
    private int redactions;

    /**
     * Headers of an answer.
     *
     * @param dialect the caller's
     */
    AnswerHeaders(HttpServletResponse response, Dialect dialect, InstantSource clock) {
        this.response = response;
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public void limited(Exchange exchange, RateLimits left) {
        RateLimitHeaders.write(dialect, left, clock, response::setHeader);
    }

    @Override
    public void replayed(Exchange exchange) {
        response.setHeader(IDEMPOTENT, "true");
    }

    @Override
    public void classificationRaised(Exchange exchange, LevelSource.Marking why) {
        String level = exchange.options().routing().classification().word();
        response.setHeader(RAISED, level + "; from=" + why.before().word() + "; rule=" + why.rule());
    }

    /** In a stream, what is found after its first event comes too late for a header. */
    @Override
    public void contentFound(Exchange exchange, ComplianceFinding finding) {
        if (finding.action() == ComplianceFinding.Action.REDACTED) {
            redactions++;
            response.setHeader(REDACTIONS, String.valueOf(redactions));
        }
    }

    @Override
    public void cacheAsked(Exchange exchange, CacheLookup found) {
        switch (found.kind()) {
            case MISS -> {}
            case HIT -> response.setHeader(CACHE, "hit");
            case SEMANTIC_HIT -> response.setHeader(CACHE, "semantic-hit");
        }
        if (found.similarity() != null) {
            response.setHeader(SIMILARITY, String.format(Locale.ROOT, "%.4f", found.similarity()));
        }
        if (found.entry() != null) {
            response.setHeader(CACHE_ENTRY, HeaderText.of(found.entry()));
        }
    }
}
