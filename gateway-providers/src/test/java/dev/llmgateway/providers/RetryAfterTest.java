package dev.llmgateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final byte[] NOTHING = new byte[0];

    @ParameterizedTest
    @CsvSource({
        "2, 2000",
        "0.5, 500",
        "0, 0",
        "-3, 0",
        "999999999, 86400000",
        "'Sun, 22 Nov 2026 10:00:30 GMT', 30000",
        "'Sun, 22 Nov 2026 09:00:00 GMT', 0"
    })
    void readsSecondsAndDates(String value, long millis) {
        assertThat(read(Headers.of("retry-after", value), NOTHING)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"soon", "NaN", "''", "Infinity"})
    void readsNothingFromNonsense(String value) {
        assertThat(read(Headers.of("retry-after", value), NOTHING)).isNull();
    }

    @Test
    void prefersMilliseconds() {
        assertThat(read(Headers.of("retry-after", "2", "retry-after-ms", "1250"), NOTHING))
                .isEqualTo(Duration.ofMillis(1250));
    }

    @Test
    void readsGooglesRetryInfoFromAnObjectAndFromAnArray() {
        String error = """
                {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [
                  {"@type": "type.googleapis.com/google.rpc.Help"},
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.4s"}]}}""";

        assertThat(read(Headers.of(), utf8(error))).isEqualTo(Duration.ofMillis(34_400));
        assertThat(read(Headers.of(), utf8("[" + error + "]"))).isEqualTo(Duration.ofMillis(34_400));
    }

    @Test
    void readsNothingFromABodyThatIsNoJson() {
        assertThat(read(Headers.of(), utf8("<html>"))).isNull();
        assertThat(read(Headers.of(), utf8("7"))).isNull();
    }

    private static @Nullable Duration read(Headers headers, byte[] body) {
        return RetryAfter.read(headers, body, NOW);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
