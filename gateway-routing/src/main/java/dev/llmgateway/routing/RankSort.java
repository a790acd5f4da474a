package dev.llmgateway.routing;

import java.util.Arrays;
import java.util.List;

/**
 * Puts survivors into the order of {@link Survivor#order}. Numbers are sorted several times quicker than objects by a
 * comparator, and this is most of the work of a decision: so they are sorted by a number first, which holds whether they
 * think, the leading digits of their score, and their place; then the comparator has next to nothing left to move.
 */
final class RankSort {

    private static final int PLACE_BITS = 16;
    private static final long PLACE = (1L << PLACE_BITS) - 1;

    private RankSort() {}

    /** The first {@code count} of them, best first. */
    static List<Survivor> best(Survivor[] survivors, int count, boolean thinkingFirst) {
        Survivor[] sorted =
                count <= PLACE ? byNumber(survivors, count, thinkingFirst) : Arrays.copyOf(survivors, count);
        Arrays.sort(sorted, Survivor.order(thinkingFirst));
        return Arrays.asList(sorted);
    }

    private static Survivor[] byNumber(Survivor[] survivors, int count, boolean thinkingFirst) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(survivors[i], thinkingFirst) & ~PLACE | i;
        }
        Arrays.sort(numbers);
        Survivor[] sorted = new Survivor[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = survivors[(int) (numbers[i] & PLACE)];
        }
        return sorted;
    }

    /** The bits of a number that is not negative grow with it. */
    private static long number(Survivor survivor, boolean thinkingFirst) {
        long number = Long.MAX_VALUE - Double.doubleToRawLongBits(survivor.score());
        return thinkingFirst && survivor.thinks() ? number | Long.MIN_VALUE : number;
    }
}
