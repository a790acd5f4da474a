package dev.llmgateway.routing.signals;

/**
 * Values of the last {@value #DAYS} days, one bucket a day; the first bucket is today's. Immutable. Sums are whole numbers,
 * so that the order in which values come makes no difference at all.
 */
final class DayWindow {

    static final int DAYS = 30;
    static final DayWindow EMPTY = new DayWindow(new int[DAYS], new long[DAYS]);

    /** A value of 1. A sum of these has room for nine billion values. */
    static final long ONE = 1_000_000_000;

    private final int[] counts;
    private final long[] sums;
    private final long count;
    private final double sum;

    private DayWindow(int[] counts, long[] sums) {
        this.counts = counts;
        this.sums = sums;
        long allCounts = 0;
        long allSums = 0;
        for (int day = 0; day < DAYS; day++) {
            allCounts += counts[day];
            allSums += sums[day];
        }
        this.count = allCounts;
        this.sum = (double) allSums / ONE;
    }

    /** How many values there are. */
    long count() {
        return count;
    }

    /** The Bayesian average of the values and a prior that counts as {@code weight} values. */
    double blended(double prior, double weight) {
        return (weight * prior + sum) / (weight + count);
    }

    /** With values of some days ago and their sum; values that are older than the window change nothing. */
    DayWindow plus(int daysAgo, long values, double valuesSum) {
        if (daysAgo >= DAYS) {
            return this;
        }
        int[] newCounts = counts.clone();
        long[] newSums = sums.clone();
        newCounts[daysAgo] += (int) values;
        newSums[daysAgo] += Math.round(valuesSum * ONE);
        return new DayWindow(newCounts, newSums);
    }

    /** As it is some days later. */
    DayWindow later(long days) {
        if (count == 0 || days >= DAYS) {
            return EMPTY;
        }
        int[] newCounts = new int[DAYS];
        long[] newSums = new long[DAYS];
        int moved = (int) days;
        System.arraycopy(counts, 0, newCounts, moved, DAYS - moved);
        System.arraycopy(sums, 0, newSums, moved, DAYS - moved);
        return new DayWindow(newCounts, newSums);
    }
}
