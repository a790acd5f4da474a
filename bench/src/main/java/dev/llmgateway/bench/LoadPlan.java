package dev.llmgateway.bench;

import java.time.Duration;

/**
 * What a load generator does: so many connections, each sending the next request when the answer to the last has been
 * checked, until the requests are used up or the time is over.
 *
 * @param provider which of the gateway's providers the model name addresses; everyone else ignores it
 * @param requests the most requests to begin
 * @param time no request begins after it
 */
record LoadPlan(int port, Workload workload, Dialect provider, int connections, long requests, Duration time) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    static LoadPlan ofTime(int port, Workload workload, Dialect provider, int connections, Duration time) {
        return new LoadPlan(port, workload, provider, connections, Long.MAX_VALUE, time);
    }

    static LoadPlan ofRequests(int port, Workload workload, Dialect provider, int connections, long requests) {
        return new LoadPlan(port, workload, provider, connections, requests, LONGEST);
    }
}
