package dev.llmgateway.bench;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of a set of figures by the nearest-rank method: always a figure that was measured, never an interpolation. */
final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    static Percentiles of(Collection<Double> figures) {
        double[] values = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(values);
        return new Percentiles(values);
    }

    static Percentiles of(long[] figures) {
        double[] values = Arrays.stream(figures).asDoubleStream().toArray();
        Arrays.sort(values);
        return new Percentiles(values);
    }

    /** The smallest figure that at least {@code percent} of all figures do not exceed; NaN when there is none. */
    double at(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }

    double min() {
        return at(0);
    }

    double median() {
        return at(50);
    }
}
