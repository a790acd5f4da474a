package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Match;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is no finding although a detector says so. Immutable. */
final class Exceptions {

    private static final int LONGEST_WITH_STOP_WORD = 512;

    private final Set<String> allowed;
    private final List<String> stopWords;
    private final int longest;

    /**
     * @param allowed values that may pass, letter by letter
     * @param stopWords a value that contains one of them, in either case, is no secret if only its surroundings say so
     */
    Exceptions(Collection<String> allowed, Collection<String> stopWords) {
        this.allowed = Set.copyOf(allowed);
        this.stopWords =
                stopWords.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
        int longestAllowed = allowed.stream().mapToInt(String::length).max().orElse(0);
        longest = stopWords.isEmpty() ? longestAllowed : Math.max(longestAllowed, LONGEST_WITH_STOP_WORD);
    }

    boolean isEmpty() {
        return longest == 0;
    }

    /** The length of the longest value that can be excepted. */
    int longest() {
        return longest;
    }

    boolean covers(Match match, String value) {
        return allowed.contains(value) || match.generic() && hasStopWord(value.toLowerCase(Locale.ROOT));
    }

    private boolean hasStopWord(String value) {
        return stopWords.stream().anyMatch(value::contains);
    }
}
