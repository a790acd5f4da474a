package dev.llmgateway.bench;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The most that the gateway may cost in a scenario, as ratios; NaN where there is no target.
 *
 * @param passThroughBare to the bare proxy, when nothing is translated
 * @param passThroughNginx to nginx, when nothing is translated
 * @param translatedBare to the bare proxy, when the provider speaks another dialect
 * @param translatedOwn to the gateway itself when nothing is translated, when the provider speaks another dialect
 */
record Targets(double passThroughBare, double passThroughNginx, double translatedBare, double translatedOwn) {
    static final Targets NONE = new Targets(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    static final Targets TRANSLATED_STREAM = new Targets(Double.NaN, Double.NaN, Double.NaN, 2);

    /** The verdict on a lane; empty for lanes without a target. */
    String verdict(Lane lane, double timesBare, double timesNginx, double timesOwn) {
        if (lane.contender().kind() != Kind.GATEWAY) {
            return "";
        }
        double bare = lane.translated() ? translatedBare : passThroughBare;
        double nginx = lane.translated() ? Double.NaN : passThroughNginx;
        double own = lane.translated() ? translatedOwn : Double.NaN;
        return Stream.of(
                        verdict(bare, "x bare", timesBare),
                        verdict(nginx, "x nginx", timesNginx),
                        verdict(own, "x gateway", timesOwn))
                .filter(verdict -> !verdict.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String verdict(double limit, String unit, double value) {
        return Double.isNaN(limit) || Double.isNaN(value) ? "" : Row.atMost(limit, unit, value);
    }
}
