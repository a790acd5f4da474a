package dev.llmgateway.bench.compliance;

import java.util.List;
import java.util.Locale;

/**
 * One line of the report.
 *
 * @param section what sort of figure it is
 * @param of what was measured
 * @param figure the outcome
 * @param target what it is to be; empty when there is no target
 * @param verdict whether it is
 * @param remark what else is to be said, such as the cases that were missed
 */
record Line(String section, String of, String figure, String target, String verdict, String remark) {

    static final List<String> HEADINGS = List.of("section", "of", "figure", "target", "", "");
    private static final String MET = "met";
    private static final String MISSED = "MISSED";

    static Line told(String section, String of, String figure) {
        return new Line(section, of, figure, "", "", "");
    }

    /** @param figure what to print for the value */
    static Line atLeast(String section, String of, double value, String figure, double target) {
        return new Line(section, of, figure, ">= " + number(target), value >= target ? MET : MISSED, "");
    }

    /** @param figure what to print for the value */
    static Line atMost(String section, String of, double value, String figure, double target) {
        return new Line(section, of, figure, "<= " + number(target), value <= target ? MET : MISSED, "");
    }

    Line remark(String words) {
        return new Line(section, of, figure, target, verdict, words);
    }

    boolean missed() {
        return verdict.equals(MISSED);
    }

    List<String> cells() {
        return List.of(section, of, figure, target, verdict, remark);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%s", value);
    }
}
