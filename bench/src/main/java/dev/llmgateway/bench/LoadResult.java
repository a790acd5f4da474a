package dev.llmgateway.bench;

/**
 * What one run of the load generator saw.
 *
 * @param answered answers that were complete and right
 * @param failed requests that got no answer or a wrong one
 * @param firstFailure what was wrong with the first failed one; empty when all was right
 * @param wallNanos from the first request to the last answer
 * @param latencies request written to answer complete, in nanoseconds, of the right answers
 */
record LoadResult(long answered, long failed, String firstFailure, long wallNanos, long[] latencies) {

    /** Nobody listened: one failure. */
    static LoadResult refused(String reason) {
        return new LoadResult(0, 1, reason, 1, new long[0]);
    }

    double requestsPerSecond() {
        return answered * 1e9 / wallNanos;
    }

    /** A latency in microseconds. */
    double latencyMicros(double percent) {
        return Percentiles.of(latencies).at(percent) / 1_000;
    }
}
