package dev.llmgateway.api.routing;

import org.jspecify.annotations.Nullable;

/**
 * A candidate that survived all layers, with what it was ranked by. Numbers are not boxed: every decision has dozens of these, and
 * its record keeps them.
 *
 * @param quality 0..1; NaN when nothing is known of it, which counts as 0
 * @param estimatedCost of this request in US dollars; NaN when the price is not known
 * @param costScore 0 for the dearest of the candidates to 1 for the cheapest; 0 when the price is not known
 * @param score what it is ranked by: the weighted sum of the two, higher is better
 * @param ttftMillis median time to the first token; {@link #UNKNOWN} when not known
 * @param ttftLive whether that was measured here, lately
 * @param strained why it stands behind all that are not strained, as a clause for people; null when it is not
 * @param leavesOut what of the request it would not be sent, because only another vendor's API has it: the names of tools
 *     that the vendor runs and the types of parts; it stands behind all that would be sent everything. Null when nothing
 *     is known to be lost
 */
public record Ranked(
        Candidate candidate,
        double quality,
        double estimatedCost,
        double costScore,
        double score,
        long ttftMillis,
        boolean ttftLive,
        @Nullable String strained,
        @Nullable String leavesOut) {

    /** Stands for a time that nobody knows. */
    public static final long UNKNOWN = -1;
}
