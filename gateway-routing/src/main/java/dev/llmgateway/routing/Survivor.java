package dev.llmgateway.routing;

import dev.llmgateway.api.routing.Candidate;
import dev.llmgateway.api.routing.Capability;
import dev.llmgateway.api.routing.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model that may serve the request, with what it is ranked by.
 *
 * @param quality 0..1; NaN when nothing is known of it
 * @param cost in US dollars; NaN when the price is not known
 * @param ttft milliseconds; {@link TableEntry#UNKNOWN} when not known
 * @param live whether that was measured here, lately
 * @param strained why others are asked first; null when nothing speaks against it
 * @param leavesOut what of the request it would not be sent, so that others are asked first; null when nothing
 */
record Survivor(
        TableEntry entry,
        double quality,
        double cost,
        double costScore,
        double score,
        long ttft,
        boolean live,
        @Nullable String strained,
        @Nullable String leavesOut) {

    private static final int THINKING = 1 << Capability.EXTENDED_THINKING.ordinal();

    /**
     * The order of the ranking, best first. Each line counts only among those that are alike in all before it:
     *
     * <ol>
     *   <li>higher score;
     *   <li>a known time to the first token before an unknown one;
     *   <li>lower cost, an unknown one last;
     *   <li>the card's id, then the provider's, by the alphabet.
     * </ol>
     */
    private static final Comparator<Survivor> BY_SCORE = Survivor::compareByScore;

    /** Models with extended thinking before the others, and then {@link #BY_SCORE}. */
    private static final Comparator<Survivor> THINKING_FIRST = (one, other) -> {
        int byThinking = Boolean.compare(other.thinks(), one.thinks());
        return byThinking != 0 ? byThinking : compareByScore(one, other);
    };

    /** For when nobody is quick enough: the quickest first. */
    static final Comparator<Survivor> BY_TTFT = (one, other) -> Long.compare(one.ttft, other.ttft);

    static Comparator<Survivor> order(boolean thinkingFirst) {
        return thinkingFirst ? THINKING_FIRST : BY_SCORE;
    }

    /**
     * The same in the same order, but those that are strained behind all others, and those that cannot be sent all of the
     * request behind these.
     */
    static List<Survivor> lastResortsLast(List<Survivor> sorted) {
        List<Survivor> strainedLast = last(sorted, survivor -> survivor.strained != null);
        return last(strainedLast, survivor -> survivor.leavesOut != null);
    }

    private static List<Survivor> last(List<Survivor> sorted, Predicate<Survivor> goesLast) {
        List<Survivor> behind = null;
        for (Survivor survivor : sorted) {
            if (goesLast.test(survivor)) {
                behind = behind == null ? new ArrayList<>() : behind;
                behind.add(survivor);
            }
        }
        if (behind == null || behind.size() == sorted.size()) {
            return sorted;
        }
        List<Survivor> ordered = new ArrayList<>(sorted);
        ordered.removeIf(goesLast);
        ordered.addAll(behind);
        return ordered;
    }

    /** Whether it goes before the other only because that one would not be sent all of the request. */
    boolean overtakes(Survivor other, boolean thinkingFirst) {
        boolean stoodBehind = other.strained == null || strained != null;
        return leavesOut == null
                && other.leavesOut != null
                && stoodBehind
                && order(thinkingFirst).compare(other, this) < 0;
    }

    Candidate candidate() {
        return entry.candidate();
    }

    boolean isSameTargetAs(Survivor other) {
        return isAtProviderOf(other)
                && candidate().model().equals(other.candidate().model());
    }

    boolean isAtProviderOf(Survivor other) {
        return candidate().provider().equals(other.candidate().provider());
    }

    Ranked ranked() {
        return new Ranked(candidate(), quality, cost, costScore, score, ttft, live, strained, leavesOut);
    }

    boolean thinks() {
        return (entry.present & THINKING) != 0;
    }

    /** Double.compare sorts NaN, the unknown cost, behind all numbers. */
    private static int compareByScore(Survivor one, Survivor other) {
        int order = Double.compare(other.score, one.score);
        if (order == 0) {
            order = Boolean.compare(one.ttft == TableEntry.UNKNOWN, other.ttft == TableEntry.UNKNOWN);
        }
        if (order == 0) {
            order = Double.compare(one.cost, other.cost);
        }
        if (order == 0) {
            order = one.candidate().card().compareTo(other.candidate().card());
        }
        return order != 0
                ? order
                : one.candidate().provider().compareTo(other.candidate().provider());
    }
}
