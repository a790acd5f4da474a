package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes are those of recorded answers, but for the figures. */
final class RateLimitHeadersTest {

    private static final Instant NOW = Instant.parse("2026-04-05T14:28:30Z");

    @Test
    void readsOpenAis() {
        RateLimits limits = read(Headers.of(
                "date", "Sun, 05 Apr 2026 14:28:30 GMT",
                "x-ratelimit-limit-requests", "10000",
                "x-ratelimit-limit-tokens", "30000000",
                "x-ratelimit-remaining-requests", "9999",
                "x-ratelimit-remaining-tokens", "29999987",
                "x-ratelimit-reset-requests", "6ms",
                "x-ratelimit-reset-tokens", "0s"));

        assertThat(limits)
                .isEqualTo(new RateLimits(
                        new Window(10_000, 9_999, Duration.ofMillis(6)),
                        new Window(30_000_000, 29_999_987, Duration.ZERO)));
    }

    @Test
    void readsGroqsWhoseRequestsArePerDay() {
        RateLimits limits = read(Headers.of(
                "x-ratelimit-limit-requests", "14400",
                "x-ratelimit-limit-tokens", "18000",
                "x-ratelimit-remaining-requests", "14370",
                "x-ratelimit-remaining-tokens", "17997",
                "x-ratelimit-reset-requests", "2m59.56s",
                "x-ratelimit-reset-tokens", "7.66ms"));

        assertThat(limits)
                .isEqualTo(new RateLimits(
                        new Window(14_400, 14_370, Duration.ofMillis(179_560)),
                        new Window(18_000, 17_997, Duration.ofNanos(7_660_000))));
    }

    @Test
    void readsAnthropicsAndTellsOfTheFullestLimitOnTokens() {
        RateLimits limits = read(Headers.of(
                "anthropic-ratelimit-input-tokens-limit", "4000000",
                "anthropic-ratelimit-input-tokens-remaining", "4000000",
                "anthropic-ratelimit-input-tokens-reset", "2026-04-05T14:28:37Z",
                "anthropic-ratelimit-output-tokens-limit", "800000",
                "anthropic-ratelimit-output-tokens-remaining", "80000",
                "anthropic-ratelimit-output-tokens-reset", "2026-04-05T14:29:00Z",
                "anthropic-ratelimit-requests-limit", "20000",
                "anthropic-ratelimit-requests-remaining", "19999",
                "anthropic-ratelimit-requests-reset", "2026-04-05T14:28:37Z",
                "anthropic-ratelimit-tokens-limit", "4800000",
                "anthropic-ratelimit-tokens-remaining", "4080000",
                "anthropic-ratelimit-tokens-reset", "2026-04-05T14:28:40Z",
                "request-id", "req_1"));

        assertThat(limits)
                .isEqualTo(new RateLimits(
                        new Window(20_000, 19_999, Duration.ofSeconds(7)),
                        new Window(800_000, 80_000, Duration.ofSeconds(30))));
    }

    @Test
    void aDateIsByTheProvidersClockWhereThatIsTold() {
        Headers headers = Headers.of(
                "Date", "Sun, 05 Apr 2026 14:28:00 GMT",
                "Anthropic-Ratelimit-Requests-Limit", "10",
                "Anthropic-Ratelimit-Requests-Remaining", "0",
                "Anthropic-Ratelimit-Requests-Reset", "2026-04-05T14:28:37Z");

        assertThat(requests(headers)).isEqualTo(new Window(10, 0, Duration.ofSeconds(37)));
    }

    @Test
    void withoutALimitItTellsWhetherAnythingIsLeft() {
        assertThat(requests(Headers.of("x-ratelimit-remaining-requests", "59")))
                .isEqualTo(new Window(59, 59, RateLimitHeaders.USUAL_RESET));
        Window nothing = requests(Headers.of("x-ratelimit-remaining-requests", "0"));
        assertThat(nothing).isEqualTo(new Window(0, 0, RateLimitHeaders.USUAL_RESET));
        assertThat(nothing.used()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "6m0s, 360000",
        "1s, 1000",
        "20ms, 20",
        "1h2m3.5s, 3723500",
        "1d, 86400000",
        "12, 12000",
        "0.5, 500",
        "0, 0",
        "500us, 0.5"
    })
    void readsResets(String text, double millis) {
        assertThat(reset(text)).isEqualTo(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "-1s",
                "1x",
                "s",
                "1.2.3s",
                "5 s",
                "1s2",
                "NaN",
                "Infinity",
                "1e9",
                "1775399310",
                "48h",
                "99999999999999999999999999999999999999999s",
                "2026-04-05T",
                "2126-04-05T14:28:37Z",
                "+999999999-01-01T00:00:00Z"
            })
    void aResetThatMakesNoSenseIsTheUsualOne(String text) {
        assertThat(reset(text)).isEqualTo(RateLimitHeaders.USUAL_RESET);
    }

    @Test
    void aDateThatIsPastIsNow() {
        assertThat(reset("2026-04-05T14:00:00Z")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "10, -1",
        "10, ten",
        "10, 1.5",
        "10, 99999999999999999999",
        "0, 0",
        "-1, 5",
        "unlimited, 5",
        "'', 5",
        "10, ''"
    })
    void figuresThatMakeNoSenseAreLeftOut(String limit, String remaining) {
        assertThat(read(Headers.of("x-ratelimit-limit-requests", limit, "x-ratelimit-remaining-requests", remaining)))
                .isNull();
    }

    @Test
    void moreThanTheLimitIsAllOfIt() {
        assertThat(requests(Headers.of("x-ratelimit-limit-requests", "10", "x-ratelimit-remaining-requests", "12")))
                .isEqualTo(new Window(10, 10, RateLimitHeaders.USUAL_RESET));
    }

    @Test
    void otherHeadersSayNothing() {
        assertThat(read(Headers.of(
                        "x-ratelimit-limit", "10",
                        "x-ratelimit-remaining-", "0",
                        "x-ratelimit-remaining-tokens-minute", "0",
                        "anthropic-ratelimit-", "0",
                        "anthropic-ratelimit-unified-status", "allowed")))
                .isNull();
        assertThat(read(Headers.of("content-type", "application/json"))).isNull();
    }

    private static @Nullable RateLimits read(Headers headers) {
        return RateLimitHeaders.read(headers, NOW);
    }

    private static Window requests(Headers headers) {
        RateLimits limits = read(headers);
        assertThat(limits).isNotNull();
        assertThat(limits.requests()).isNotNull();
        return limits.requests();
    }

    private static Duration reset(String text) {
        return requests(Headers.of(
                        "x-ratelimit-limit-requests", "10",
                        "x-ratelimit-remaining-requests", "1",
                        "x-ratelimit-reset-requests", text))
                .reset();
    }
}
