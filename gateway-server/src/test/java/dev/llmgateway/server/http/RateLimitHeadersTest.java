package dev.llmgateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import dev.llmgateway.ir.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.200Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "20, 20ms",
        "999, 999ms",
        "1000, 1s",
        "1001, 2s",
        "59999, 1m0s",
        "360000, 6m0s",
        "3599000, 59m59s",
        "86341000, 23h59m1s",
        "87000000, 24h10m0s"
    })
    void writesDurationsAsOpenAiDoes(long millis, String written) {
        assertThat(RateLimitHeaders.duration(Duration.ofMillis(millis))).isEqualTo(written);
    }

    @Test
    void leavesOutWhatIsNotLimited() {
        RateLimits left = new RateLimits(new Window(10, 4, Duration.ofSeconds(30)), null);

        assertThat(written(Dialect.OPENAI_CHAT, left))
                .isEqualTo(Map.of(
                        "x-ratelimit-limit-requests", "10",
                        "x-ratelimit-remaining-requests", "4",
                        "x-ratelimit-reset-requests", "30s"));
        assertThat(written(Dialect.ANTHROPIC_MESSAGES, left))
                .isEqualTo(Map.of(
                        "anthropic-ratelimit-requests-limit", "10",
                        "anthropic-ratelimit-requests-remaining", "4",
                        "anthropic-ratelimit-requests-reset", "2026-11-22T12:00:31Z"));
    }

    private static Map<String, String> written(Dialect dialect, RateLimits left) {
        Map<String, String> headers = new HashMap<>();
        RateLimitHeaders.write(dialect, left, InstantSource.fixed(NOW), headers::put);
        return headers;
    }
}
