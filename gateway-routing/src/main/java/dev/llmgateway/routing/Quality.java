package dev.llmgateway.routing;

import dev.llmgateway.api.quality.Scores;
import dev.llmgateway.api.routing.RoutingProfile;
import dev.llmgateway.api.routing.ScoreKind;
import dev.llmgateway.routing.signals.CardSignals;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's scores, and their mean by the weights of each profile, made in advance for those that have a name. Immutable. */
final class Quality {

    private static final RoutingProfile[] NAMED = RoutingProfile.all().toArray(RoutingProfile[]::new);
    private static final ScoreKind[] KINDS = ScoreKind.values();

    /** Nothing is known. */
    static final Quality NOT_KNOWN = of(Scores.UNKNOWN);

    private final double[] scores;
    private final double[] means;

    private Quality(double[] scores) {
        this.scores = scores;
        this.means = new double[NAMED.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = mean(NAMED[i]);
        }
    }

    static Quality of(Scores scores) {
        double[] values = new double[KINDS.length];
        Arrays.setAll(values, i -> value(scores.get(KINDS[i])));
        return new Quality(values);
    }

    /** The weighted mean of the known scores, 0..1; NaN when none that counts is known. */
    double by(RoutingProfile profile) {
        for (int i = 0; i < means.length; i++) {
            if (NAMED[i] == profile) {
                return means[i];
            }
        }
        return mean(profile);
    }

    /**
     * The same after reports. A kind that has reports and no score begins from the mean of the others, so that good reports
     * raise it and bad ones lower it; a model without any score begins from 0, which is what it counts as.
     */
    double by(RoutingProfile profile, CardSignals signals) {
        double sum = 0;
        double weights = 0;
        double weightsOfReported = 0;
        for (Map.Entry<ScoreKind, Double> weight : profile.scoreWeights().entrySet()) {
            double score = score(weight.getKey());
            if (!Double.isNaN(score)) {
                sum += weight.getValue() * signals.blended(weight.getKey(), score);
                weights += weight.getValue();
            } else if (signals.count(weight.getKey()) > 0) {
                weightsOfReported += weight.getValue();
            }
        }
        double start = weights == 0 ? 0 : sum / weights;
        if (weightsOfReported > 0) {
            sum += reported(profile, signals, start);
            weights += weightsOfReported;
        } else if (weights == 0 && signals.overallCount() == 0) {
            return Double.NaN;
        }
        return signals.overall(weights == 0 ? start : sum / weights);
    }

    /** The weighted sum over the kinds that have reports and no score. */
    private double reported(RoutingProfile profile, CardSignals signals, double start) {
        double sum = 0;
        for (Map.Entry<ScoreKind, Double> weight : profile.scoreWeights().entrySet()) {
            ScoreKind kind = weight.getKey();
            if (Double.isNaN(score(kind)) && signals.count(kind) > 0) {
                sum += weight.getValue() * signals.blended(kind, start);
            }
        }
        return sum;
    }

    /** The known score, 0..1; NaN when it is not known. */
    double score(ScoreKind kind) {
        return scores[kind.ordinal()];
    }

    private double mean(RoutingProfile profile) {
        double sum = 0;
        double weights = 0;
        for (Map.Entry<ScoreKind, Double> weight : profile.scoreWeights().entrySet()) {
            double score = score(weight.getKey());
            if (!Double.isNaN(score)) {
                sum += weight.getValue() * score;
                weights += weight.getValue();
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    private static double value(Scores.@Nullable Score score) {
        return score == null ? Double.NaN : score.value();
    }
}
