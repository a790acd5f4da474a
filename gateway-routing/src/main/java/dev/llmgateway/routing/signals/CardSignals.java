package dev.llmgateway.routing.signals;

import dev.llmgateway.api.routing.ScoreKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was reported about one model in the last {@value DayWindow#DAYS} days, ready to be blended into its scores. Immutable;
 * asking allocates nothing.
 *
 * <p>A blend is a Bayesian average: {@code (20 * prior + sum of the values) / (20 + number of values)}. The score from the
 * catalog counts as much as {@value #PRIOR_WEIGHT} reports, so three reports move it by 3/23 at most, and many decide.
 */
public final class CardSignals {

    /** As many reports as this count as much as the score from the catalog. */
    public static final int PRIOR_WEIGHT = 20;

    private static final int OVERALL = ScoreKind.values().length;

    /** Days since 1970 in UTC; the windows end with it. */
    private final long today;

    /** By the ordinal of the kind; that of the overall quality is the last. */
    private final DayWindow[] windows;

    private CardSignals(long today, DayWindow[] windows) {
        this.today = today;
        this.windows = windows;
    }

    static CardSignals none(long today) {
        DayWindow[] windows = new DayWindow[OVERALL + 1];
        Arrays.fill(windows, DayWindow.EMPTY);
        return new CardSignals(today, windows);
    }

    /** The blend of a score and the reports of its kind; the score itself when there are none. */
    public double blended(ScoreKind kind, double prior) {
        return windows[kind.ordinal()].blended(prior, PRIOR_WEIGHT);
    }

    /** The blend of the model's quality and the reports that belong to no kind; the quality itself when there are none. */
    public double overall(double prior) {
        return windows[OVERALL].blended(prior, PRIOR_WEIGHT);
    }

    /** How many reports of this kind there are. */
    public long count(ScoreKind kind) {
        return windows[kind.ordinal()].count();
    }

    /** How many reports belong to no kind. */
    public long overallCount() {
        return windows[OVERALL].count();
    }

    long today() {
        return today;
    }

    boolean isEmpty() {
        return Arrays.stream(windows).allMatch(window -> window.count() == 0);
    }

    /** With more reports of a day and the sum of their values; those from the future count as today's. */
    CardSignals plus(@Nullable ScoreKind kind, long day, long samples, double sum) {
        DayWindow[] more = windows.clone();
        int index = kind == null ? OVERALL : kind.ordinal();
        long daysAgo = Math.clamp(today - day, 0L, DayWindow.DAYS);
        more[index] = more[index].plus((int) daysAgo, samples, sum);
        return new CardSignals(today, more);
    }

    /** As it is on this day; the same when the day is not after its own. */
    CardSignals on(long day) {
        if (day <= today) {
            return this;
        }
        DayWindow[] later = new DayWindow[windows.length];
        Arrays.setAll(later, i -> windows[i].later(day - today));
        return new CardSignals(day, later);
    }
}
