package dev.llmgateway.api.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate beside the model that answered. All but {@code samples} and {@code failures} are of the samples that the candidate
 * answered, so that both sides are compared by the same calls.
 *
 * @param samples how many calls were copied
 * @param failures of how many of them the candidate failed
 * @param agreement the mean; null when it never answered
 * @param agreementTenths how many samples agree by 0 to 0.1, by 0.1 to 0.2, and so on; the last has those by 0.9 to 1
 */
public record ShadowSummary(
        Pair pair,
        long samples,
        long failures,
        Figures primary,
        Figures candidate,
        @Nullable Double agreement,
        List<Long> agreementTenths) {

    /** How many parts the agreement is told in. */
    public static final int PARTS = 10;

    public ShadowSummary {
        agreementTenths = List.copyOf(agreementTenths);
    }

    /** Both models, by the ids of their providers and their ids on the wire. */
    public record Pair(String primaryProvider, String primaryModel, String candidateProvider, String candidateModel) {

        /** The models of a result. */
        public static Pair of(ShadowResult result) {
            return new Pair(
                    result.primary().provider(),
                    result.primary().model(),
                    result.candidate().provider(),
                    result.candidate().model());
        }
    }

    /**
     * What one side took. Percentiles are interpolated; each is null when there is no sample that it can be told of.
     *
     * @param meanCostUsd in US dollars, of samples whose price is known
     * @param medianCostUsd the same
     * @param p50Millis the latency that half of the samples stayed within
     * @param p95Millis the latency that 95 % of the samples stayed within
     */
    public record Figures(
            @Nullable Double meanCostUsd,
            @Nullable Double medianCostUsd,
            @Nullable Double p50Millis,
            @Nullable Double p95Millis) {}
}
