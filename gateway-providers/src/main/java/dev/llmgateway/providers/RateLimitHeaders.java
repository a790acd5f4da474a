package dev.llmgateway.providers;

import dev.llmgateway.api.RateLimits;
import dev.llmgateway.api.RateLimits.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider says of its limits in the headers of an answer: {@code x-ratelimit-{limit,remaining,reset}-{requests,tokens}}
 * (OpenAI, Azure, Groq, DeepInfra and many servers of one's own) and
 * {@code anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{limit,remaining,reset}} (Anthropic). Of several
 * limits on tokens the fullest is told. In one pass over the headers; what makes no sense is left out.
 *
 * <p>Without a limit (Azure) what remains is taken for the limit: all that is told then is whether anything is left. Without a
 * reset, {@link #USUAL_RESET} is taken for it.
 */
final class RateLimitHeaders {

    /** Long enough to keep off a provider that is full, short enough to find out soon how it stands. */
    static final Duration USUAL_RESET = Duration.ofSeconds(10);

    private static final String OPENAI = "x-ratelimit-";
    private static final String ANTHROPIC = "anthropic-ratelimit-";

    private static final int REQUESTS = 0;
    private static final int TOKENS = 1;
    private static final int INPUT_TOKENS = 2;
    private static final int OUTPUT_TOKENS = 3;
    private static final String[] UNITS = {"requests", "tokens", "input-tokens", "output-tokens"};

    private static final int LIMIT = 0;
    private static final int REMAINING = 1;
    private static final int RESET = 2;
    private static final String[] FIGURES = {"limit", "remaining", "reset"};

    private final Headers headers;
    private final Instant clock;

    /** The values by unit and figure; null where there is no such header. */
    private final @Nullable String[] values = new @Nullable String[UNITS.length * FIGURES.length];

    private boolean any;

    private RateLimitHeaders(Headers headers, Instant now) {
        this.headers = headers;
        this.clock = now;
    }

    /**
     * What the headers say; null when that is nothing.
     *
     * @param now when the answer came; the answer's own {@code date} is preferred, because resets are by the provider's clock
     */
    static @Nullable RateLimits read(Headers headers, Instant now) {
        RateLimitHeaders found = new RateLimitHeaders(headers, now);
        for (int i = 0; i < headers.size(); i++) {
            found.note(headers.name(i), i);
        }
        return found.any ? found.limits() : null;
    }

    private void note(String name, int i) {
        if (name.regionMatches(true, 0, OPENAI, 0, OPENAI.length())) {
            keep(name, OPENAI.length(), FIGURES, UNITS, i);
        } else if (name.regionMatches(true, 0, ANTHROPIC, 0, ANTHROPIC.length())) {
            keep(name, ANTHROPIC.length(), UNITS, FIGURES, i);
        }
    }

    /** One vendor names the figure first, the other the unit. */
    private void keep(String name, int from, String[] firsts, String[] seconds, int i) {
        for (int first = 0; first < firsts.length; first++) {
            int dash = from + firsts[first].length();
            if (dash < name.length()
                    && name.charAt(dash) == '-'
                    && name.regionMatches(true, from, firsts[first], 0, firsts[first].length())) {
                for (int second = 0; second < seconds.length; second++) {
                    int length = seconds[second].length();
                    if (name.length() == dash + 1 + length
                            && name.regionMatches(true, dash + 1, seconds[second], 0, length)) {
                        int place = firsts == UNITS ? place(first, second) : place(second, first);
                        values[place] = headers.value(i);
                        any = true;
                    }
                }
            }
        }
    }

    private static int place(int unit, int figure) {
        return unit * FIGURES.length + figure;
    }

    private @Nullable RateLimits limits() {
        Window requests = window(REQUESTS);
        Window tokens = fuller(window(TOKENS), fuller(window(INPUT_TOKENS), window(OUTPUT_TOKENS)));
        return requests == null && tokens == null ? null : new RateLimits(requests, tokens);
    }

    private static @Nullable Window fuller(@Nullable Window one, @Nullable Window other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.used() > one.used() ? other : one;
    }

    private @Nullable Window window(int unit) {
        Long remaining = count(values[place(unit, REMAINING)]);
        String limitText = values[place(unit, LIMIT)];
        Long limit = limitText == null ? remaining : count(limitText);
        if (remaining == null || limit == null || limitText != null && limit == 0) {
            return null;
        }
        return new Window(limit, Math.min(remaining, limit), reset(values[place(unit, RESET)]));
    }

    /** A number of things; null for what is none, or negative, or larger than any limit is. */
    private static @Nullable Long count(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > 15) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return null;
            }
        }
        return Long.valueOf(digits);
    }

    private Duration reset(@Nullable String text) {
        String value = text == null ? "" : text.strip();
        if (value.indexOf('T') < 0) {
            Duration wait = ResetTime.wait(value);
            return wait == null ? USUAL_RESET : wait;
        }
        try {
            Date own = headers.getDate("date");
            Duration wait = Duration.between(own == null ? clock : own.toInstant(), Instant.parse(value));
            if (wait.compareTo(ResetTime.LONGEST) > 0) {
                return USUAL_RESET;
            }
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return USUAL_RESET;
        }
    }
}
