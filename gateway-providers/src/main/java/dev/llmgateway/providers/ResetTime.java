package dev.llmgateway.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how long a limit takes to be reset: {@code 6m0s}, {@code 20ms}, {@code 2m59.56s} as Go writes durations, or plain seconds. */
final class ResetTime {

    /** Limits are per minute, hour or day: what is longer is not a duration but a date, or nonsense. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final int LONGEST_TEXT = 32;
    private static final String[] UNITS = {"ms", "us", "µs", "ns", "d", "h", "m", "s"};
    private static final double[] SECONDS = {1e-3, 1e-6, 1e-6, 1e-9, 86_400, 3_600, 60, 1};

    private ResetTime() {}

    /** The time; null for what is none, or negative, or longer than a day. */
    static @Nullable Duration wait(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        double seconds = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endOfNumber(text, at);
            double number = number(text, at, end);
            int unit = unit(text, end);
            boolean isPlainSeconds = at == 0 && end == text.length();
            if (Double.isNaN(number) || unit < 0 && !isPlainSeconds) {
                return null;
            }
            seconds += number * (unit < 0 ? 1 : SECONDS[unit]);
            at = end + (unit < 0 ? 0 : UNITS[unit].length());
        }
        return seconds > LONGEST.toSeconds() ? null : Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && (text.charAt(end) == '.' || text.charAt(end) >= '0' && text.charAt(end) <= '9')) {
            end++;
        }
        return end;
    }

    private static double number(String text, int from, int to) {
        try {
            return from == to ? Double.NaN : Double.parseDouble(text.substring(from, to));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int unit(String text, int from) {
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (text.startsWith(UNITS[unit], from)) {
                return unit;
            }
        }
        return -1;
    }
}
