package dev.llmgateway.server.http;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import dev.llmgateway.ir.Dialect;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller what it may still ask for, in the headers of its dialect. OpenAI writes how long until all of it is there
 * again ({@code 6m0s}), Anthropic the moment (RFC 3339); see "Rate limits" in the API references of both.
 */
final class RateLimitHeaders {

    private static final Names OPENAI_REQUESTS = Names.openAi("requests");
    private static final Names OPENAI_TOKENS = Names.openAi("tokens");
    private static final Names ANTHROPIC_REQUESTS = Names.anthropic("requests");
    private static final Names ANTHROPIC_TOKENS = Names.anthropic("tokens");

    private RateLimitHeaders() {}

    /** What the headers of one limit are called. */
    private record Names(String limit, String remaining, String reset) {

        static Names openAi(String what) {
            return new Names("x-ratelimit-limit-" + what, "x-ratelimit-remaining-" + what, "x-ratelimit-reset-" + what);
        }

        static Names anthropic(String what) {
            String prefix = "anthropic-ratelimit-" + what;
            return new Names(prefix + "-limit", prefix + "-remaining", prefix + "-reset");
        }
    }

    /**
     * Writes the headers; those of what is not limited are left out.
     *
     * @param header takes names and values
     */
    static void write(Dialect dialect, RateLimits left, InstantSource clock, BiConsumer<String, String> header) {
        switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> {
                write(OPENAI_REQUESTS, left.requests(), RateLimitHeaders::duration, header);
                write(OPENAI_TOKENS, left.tokens(), RateLimitHeaders::duration, header);
            }
            case ANTHROPIC_MESSAGES -> {
                write(ANTHROPIC_REQUESTS, left.requests(), reset -> moment(clock, reset), header);
                write(ANTHROPIC_TOKENS, left.tokens(), reset -> moment(clock, reset), header);
            }
        }
    }

    private static void write(
            Names names, @Nullable Window window, Function<Duration, String> reset, BiConsumer<String, String> header) {
        if (window != null) {
            header.accept(names.limit, Long.toString(window.limit()));
            header.accept(names.remaining, Long.toString(window.remaining()));
            header.accept(names.reset, reset.apply(window.reset()));
        }
    }

    private static String moment(InstantSource clock, Duration reset) {
        return clock.instant()
                .plus(reset)
                .plusMillis(999)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** As Go prints it: {@code 120ms}, {@code 17s}, {@code 6m0s}, {@code 23h59m1s}. */
    static String duration(Duration duration) {
        if (duration.toSeconds() == 0) {
            return duration.toMillis() == 0 ? "0s" : duration.toMillis() + "ms";
        }
        long seconds = Math.ceilDiv(duration.toMillis(), 1_000L);
        long hours = seconds / 3_600;
        long minutes = seconds / 60;
        StringBuilder text = new StringBuilder();
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (minutes > 0) {
            text.append(minutes % 60).append('m');
        }
        return text.append(seconds % 60).append('s').toString();
    }
}
