package dev.llmgateway.store.postgres;

/** What is summed up of calls. */
final class Measures {

    /** Sums of rows of {@code proxy_records}. */
    static final String OF_RECORDS = """
            count(*) as requests,
            count(*) filter (where status < 400) as succeeded,
            count(*) filter (where impact = 'mitigated') as mitigated,
            count(*) filter (where status = 499) as aborted,
            sum(input_tokens) as input_tokens,
            sum(cached_tokens) as cached_tokens,
            sum(cache_write_5m_tokens) as cache_write_5m_tokens,
            sum(cache_write_1h_tokens) as cache_write_1h_tokens,
            sum(output_tokens) as output_tokens,
            sum(reasoning_tokens) as reasoning_tokens,
            coalesce(sum(cost_usd), 0) as cost_usd,
            sum(record_latency(latency_ms)) as latencies,
            min(at) as first_at,
            max(at) as last_at""";

    private Measures() {}
}
