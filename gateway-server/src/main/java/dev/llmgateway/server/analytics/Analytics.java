package dev.llmgateway.server.analytics;

import dev.llmgateway.api.spi.RecordStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** All that is told of the calls that a store remembers. Thread safe. */
public final class Analytics {

    private final RequestHistory history;
    private final GatewayStatistics statistics;
    private final Map<String, TabularView> views;
    private final Erasure erasure;

    /**
     * What is told of a store's calls.
     *
     * @param clock tells when periods end that end now
     * @param all is forgotten together: the calls, also those that wait for the store, and what belongs to them
     */
    public Analytics(RecordStore store, InstantSource clock, List<Erasable> all) {
        this.history = new RequestHistory(store);
        this.statistics = new GatewayStatistics(store);
        this.views = Map.of(
                "/v1/requests", history.requests(),
                "/v1/audit", history.traces(),
                "/v1/analytics", new UsageAnalytics(store, clock),
                "/v1/analytics/errors", new ErrorAnalytics(store, clock),
                "/v1/analytics/requesters", LabelAnalytics.requesters(store, clock),
                "/v1/projects", LabelAnalytics.projects(store, clock));
        this.erasure = new Erasure(all);
    }

    /** Single calls. */
    public RequestHistory history() {
        return history;
    }

    /** Sums of all calls. */
    public GatewayStatistics statistics() {
        return statistics;
    }

    /** The answers that can be had as tables, by their paths. */
    public Map<String, TabularView> views() {
        return views;
    }

    /**
     * The answer of {@code DELETE /v1/analytics}: forgets everything.
     *
     * @param parameters of the address, of which there must be none
     * @param hasBody whether the request has one, which it must not
     * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when there is a parameter or a body
     */
    public byte[] erase(Map<String, List<String>> parameters, boolean hasBody) {
        return erasure.erase(parameters, hasBody);
    }
}
