package dev.llmgateway.routing.signals;

/** Values of the last {@value #HOURS} hours, one bucket an hour. Not thread safe. */
final class HourRing {

    /** Fourteen days. */
    static final int HOURS = 14 * 24;

    private final int[] counts = new int[HOURS];
    private final double[] sums = new double[HOURS];
    /** Hours since 1970; the bucket of this one is the newest. */
    private long newest;

    HourRing(long newest) {
        this.newest = newest;
    }

    /** Adds values and their sum; those that are too old for the ring change nothing. */
    void add(long hour, long values, double sum) {
        advance(hour);
        if (newest - hour < HOURS) {
            counts[index(hour)] += (int) values;
            sums[index(hour)] += sum;
        }
    }

    /** What there is of some hours; those outside of the ring are empty. */
    Degradation.Level level(long firstHour, int hours) {
        long samples = 0;
        double sum = 0;
        for (long hour = firstHour; hour < firstHour + hours; hour++) {
            if (hour <= newest && newest - hour < HOURS) {
                samples += counts[index(hour)];
                sum += sums[index(hour)];
            }
        }
        return new Degradation.Level(samples, samples == 0 ? 0 : sum / samples);
    }

    private void advance(long hour) {
        for (long next = Math.max(newest + 1, hour - HOURS + 1); next <= hour; next++) {
            counts[index(next)] = 0;
            sums[index(next)] = 0;
        }
        newest = Math.max(newest, hour);
    }

    private static int index(long hour) {
        return (int) Math.floorMod(hour, (long) HOURS);
    }
}
