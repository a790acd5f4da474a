package dev.llmgateway.bench;

/**
 * The most that the gateway may cost in a scenario, as ratios; NaN where there is no target.
 *
 * @param passThroughBare to the bare proxy, when nothing is translated
 * @param passThroughNginx to nginx, when nothing is translated
 * @param translatedBare to the bare proxy, when the provider speaks the other dialect
 */
record Targets(double passThroughBare, double passThroughNginx, double translatedBare) {
    static final Targets NONE = new Targets(Double.NaN, Double.NaN, Double.NaN);

    /** The verdict on a lane; empty for lanes without a target. */
    String verdict(Lane lane, double timesBare, double timesNginx) {
        if (lane.contender().kind() != Kind.GATEWAY) {
            return "";
        }
        double bare = lane.translated() ? translatedBare : passThroughBare;
        double nginx = lane.translated() ? Double.NaN : passThroughNginx;
        String first = verdict(bare, "x bare", timesBare);
        String second = verdict(nginx, "x nginx", timesNginx);
        return first + (first.isEmpty() || second.isEmpty() ? "" : ", ") + second;
    }

    private static String verdict(double limit, String unit, double value) {
        return Double.isNaN(limit) || Double.isNaN(value) ? "" : Row.atMost(limit, unit, value);
    }
}
