package dev.llmgateway.providers;

import dev.llmgateway.ir.json.InvalidJsonException;
import dev.llmgateway.ir.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How long a provider asks to wait: {@code retry-after-ms} (Azure, OpenAI), {@code retry-after} in seconds or as an HTTP
 * date (RFC 9110, section 10.2.3), or Google's {@code RetryInfo} in the error's details.
 */
final class RetryAfter {

    private static final double MOST_SECONDS = Duration.ofDays(1).toSeconds();

    private RetryAfter() {}

    /** The wait, at most a day; null when the provider does not say. */
    static @Nullable Duration read(Headers headers, byte[] body, Instant now) {
        String millis = headers.get("retry-after-ms");
        if (millis != null) {
            Double number = number(millis);
            if (number != null) {
                return seconds(number / 1000);
            }
        }
        String value = headers.get("retry-after");
        if (value != null) {
            Double number = number(value);
            return number == null ? until(value, now) : seconds(number);
        }
        return retryInfo(body);
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return seconds(Duration.between(now, then).toMillis() / 1000.0);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Duration retryInfo(byte[] body) {
        JsonNode root = parse(body);
        JsonNode details = (root.isArray() ? root.path(0) : root).path("error").path("details");
        for (JsonNode detail : details.values()) {
            String delay = detail.path("retryDelay").stringValue("");
            Double number = delay.endsWith("s") ? number(delay.substring(0, delay.length() - 1)) : null;
            if (number != null) {
                return seconds(number);
            }
        }
        return null;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidJsonException e) {
            return Json.mapper().missingNode();
        }
    }

    private static @Nullable Double number(String text) {
        try {
            double number = Double.parseDouble(text.strip());
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(Math.clamp(seconds, 0, MOST_SECONDS) * 1000));
    }
}
