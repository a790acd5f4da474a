package dev.llmgateway.bench;

import java.util.List;
import java.util.Locale;

/**
 * One line of the report: a figure of one contender in one scenario.
 *
 * @param minimum the least over the rounds; NaN when the figure does not apply
 * @param timesBare median over the rounds of this figure divided by the bare proxy's of the same round; NaN when absent
 * @param verdict the target and whether it was met; empty when there is none
 * @param note what else was seen, failures above all
 */
record Row(
        String scenario,
        String contender,
        String figure,
        double minimum,
        double median,
        double timesBare,
        double timesNginx,
        String verdict,
        String note) {

    static final List<String> HEADINGS =
            List.of("scenario", "contender", "figure", "min", "median", "x bare", "x nginx", "target", "notes");

    /** A figure that is not compared with the yardsticks. */
    static Row of(String scenario, String contender, String figure, Percentiles values, String verdict, String note) {
        return new Row(
                scenario, contender, figure, values.min(), values.median(), Double.NaN, Double.NaN, verdict, note);
    }

    List<String> cells() {
        return List.of(
                scenario,
                contender,
                figure,
                number(minimum),
                number(median),
                number(timesBare),
                number(timesNginx),
                verdict,
                note);
    }

    /** Three digits that matter, no more: the machine does not give more. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The verdict on a figure that must not exceed a limit. */
    static String atMost(double limit, String unit, double value) {
        return "<= " + number(limit) + unit + (value <= limit ? " met" : " MISSED");
    }
}
