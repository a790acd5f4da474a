package dev.llmgateway.server.faults;

import dev.llmgateway.providers.simulated.SimulatedProvider;
import dev.llmgateway.server.GatewayServer;
import dev.llmgateway.server.config.ConfigFile;
import java.util.List;
import java.util.stream.IntStream;

/** A gateway in front of three providers of one model, of both dialects. */
final class ChaosBed implements AutoCloseable {

    static final String MODEL = "chaos";

    /** Every client's virtual key. */
    static final String KEY = "key-of-chaos";

    /** More than there are clients, since a call may outlive its client; a place that is not given back is soon missed. */
    private static final int MOST_AT_A_TIME = 250;

    private static final int ALL_BILLS = 1_000_000;

    /** What a token of the prompt costs in cents, and one of the answer, by the number of the provider: a wrong token is seen. */
    private static final int[][] CENTS = {{1, 2}, {2, 3}, {3, 5}};

    private static final int DOLLARS_A_MILLION = 10_000;

    private static final String SETTINGS = """
            [server]
            port = 0
            [catalog]
            sync_interval_secs = 0
            [metrics]
            public = true
            [resilience.default_retry_policy]
            max_attempts = 2
            base_delay_ms = 1
            max_delay_ms = 20
            # Of hundreds of calls a second a third fails: circuits open, and close again, several times in a run.
            [resilience.default_circuit_breaker]
            failure_threshold = 50
            failure_window_secs = 1
            open_duration_secs = 1
            [resilience.timeout]
            first_event_ms = 1500
            idle_ms = 1500
            stream_ms = 4000
            default_total_ms = 4000
            [key_map.%1$s]
            [rate_limit]
            enabled = true
            [rate_limit.default_limits]
            rpm = 1000000000
            tpm = 1000000000
            rpd = 1000000000
            concurrent = %2$d
            [provider_quota]
            enabled = true
            [resilience.hedge]
            enabled = true
            hedge_delay_ms = 50
            max_extra_percent = 100
            [cache]
            enabled = true
            max_entries = 100000
            """.formatted(KEY, MOST_AT_A_TIME);

    final List<SimulatedProvider> providers = IntStream.range(0, 3)
            .mapToObj(i -> SimulatedProvider.builder()
                    .name("p" + i)
                    .journalSize(1)
                    .bills(ALL_BILLS)
                    .start())
            .toList();
    final CallJournal journal = new CallJournal();
    final GatewayServer gateway;

    /**
     * Starts it.
     *
     * @param more settings, such as where records are kept
     */
    ChaosBed(String more) {
        String config = SETTINGS
                + more
                + provider(0, Tongue.OPENAI, "openai")
                + provider(1, Tongue.ANTHROPIC, "anthropic")
                + provider(2, Tongue.OPENAI, "local");
        gateway = GatewayServer.start(ConfigFile.parse("chaos.toml", config, name -> null), journal);
    }

    private String provider(int number, Tongue speaks, String type) {
        return """
                [[providers]]
                id = "p%1$d"
                provider_type = "%2$s"
                api_key = "key-of-p%1$d"
                endpoint = "%3$s%4$s"
                [[models]]
                id = "p%1$d/%5$s"
                ttft_ms = 100
                context_window = 1000000
                capabilities = ["tool_use", "streaming"]
                price = { input = %6$d, output = %7$d }
                [provider_quota.provider_limits.p%1$d]
                rpm = 1000000000
                tpm = 1000000000
                """.formatted(
                        number,
                        type,
                        providers.get(number).uri(),
                        speaks.endpointPath(),
                        MODEL,
                        CENTS[number][0] * DOLLARS_A_MILLION,
                        CENTS[number][1] * DOLLARS_A_MILLION);
    }

    @Override
    public void close() {
        gateway.close();
        providers.forEach(SimulatedProvider::close);
    }
}
