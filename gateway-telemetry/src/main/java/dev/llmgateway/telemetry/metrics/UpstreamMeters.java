package dev.llmgateway.telemetry.metrics;

import dev.llmgateway.api.GatewayException;
import dev.llmgateway.api.records.ErrorTypes;
import dev.llmgateway.ir.Usage;
import io.micrometer.core.instrument.MeterRegistry;

/** What becomes of requests to providers before one answers: failures, retries, failovers, races. Thread safe. */
final class UpstreamMeters {

    private final Counters failures;
    private final Counters retries;
    private final Counters failovers;
    private final Counters hedges;
    private final TokenMeters discarded;

    UpstreamMeters(MeterRegistry registry) {
        failures = new Counters(
                registry, "gateway.attempt.failures", "Tries that failed, by what failed", "provider", "error");
        retries = new Counters(
                registry,
                "gateway.retries",
                "Tries of a provider's model that failed and were repeated there",
                "provider");
        failovers = new Counters(
                registry,
                "gateway.failovers",
                "Calls that went on to another provider after one failed",
                "source",
                "target");
        hedges = new Counters(
                registry, "gateway.hedges", "Second requests to another target because the first was slow", "outcome");
        discarded = new TokenMeters(
                registry,
                "gateway.hedge.discarded.tokens",
                "Tokens of targets that lost a race, whose answers nobody got");
    }

    void failure(String provider, GatewayException error) {
        failures.of(provider, ErrorTypes.of(error)).increment();
    }

    void retry(String provider) {
        retries.of(provider).increment();
    }

    void failover(String source, String target) {
        failovers.of(source, target).increment();
    }

    /** A call whose two first targets raced; the outcome is the second's. */
    void hedge(String outcome) {
        hedges.of(outcome).increment();
    }

    /** What a target that lost a race had cost. */
    void discarded(String provider, Usage usage) {
        discarded.add(provider, usage);
    }
}
