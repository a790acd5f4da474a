package dev.llmgateway.server.http;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import dev.llmgateway.ir.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller what it may still ask for, in the headers of its dialect. OpenAI writes how long until all of it is there
 * again ({@code 6m0s}), Anthropic the moment (RFC 3339); see "Rate limits" in the API references of both.
 */
final class RateLimitHeaders {

    private final Map<String, String> headers = new LinkedHashMap<>();

    private RateLimitHeaders() {}

    /** The headers by name; those of what is not limited are left out. */
    static Map<String, String> of(Dialect dialect, RateLimits left, Instant now) {
        RateLimitHeaders all = new RateLimitHeaders();
        switch (dialect) {
            case OPENAI_CHAT -> {
                all.openAi("requests", left.requests());
                all.openAi("tokens", left.tokens());
            }
            case ANTHROPIC_MESSAGES -> {
                all.anthropic("requests", left.requests(), now);
                all.anthropic("tokens", left.tokens(), now);
            }
        }
        return all.headers;
    }

    private void openAi(String what, @Nullable Window window) {
        if (window != null) {
            headers.put("x-ratelimit-limit-" + what, Long.toString(window.limit()));
            headers.put("x-ratelimit-remaining-" + what, Long.toString(window.remaining()));
            headers.put("x-ratelimit-reset-" + what, duration(window.reset()));
        }
    }

    private void anthropic(String what, @Nullable Window window, Instant now) {
        if (window != null) {
            Instant reset = now.plus(window.reset()).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
            headers.put("anthropic-ratelimit-" + what + "-limit", Long.toString(window.limit()));
            headers.put("anthropic-ratelimit-" + what + "-remaining", Long.toString(window.remaining()));
            headers.put("anthropic-ratelimit-" + what + "-reset", reset.toString());
        }
    }

    /** As Go prints it: {@code 120ms}, {@code 17s}, {@code 6m0s}, {@code 23h59m1s}. */
    static String duration(Duration duration) {
        if (duration.toSeconds() == 0) {
            return duration.toMillis() == 0 ? "0s" : duration.toMillis() + "ms";
        }
        Duration whole = duration.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        String hours = whole.toHours() == 0 ? "" : whole.toHours() + "h";
        String minutes = whole.toMinutes() == 0 ? "" : whole.toMinutesPart() + "m";
        return hours + minutes + whole.toSecondsPart() + "s";
    }
}
