package dev.llmgateway.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name that a misspelt one was probably meant to be, for messages such as "did you mean 'port'?".
 *
 * <p>Names are compared without regard to case by the optimal string alignment distance: an inserted, dropped or
 * replaced character and a swap of two neighbours count one each. A name is near when at most one in three of its
 * characters, and at least one, would have to change, or when it continues the wanted one. Names longer than {@value #LONGEST} characters have no near
 * names, so that the effort stays bounded for names that come from outside.
 */
public final class NearestName {
    private static final int LONGEST = 128;
    private static final int SHORTEST_BEGINNING = 3;

    private NearestName() {}

    /** Returns the known name nearest to {@code name}, or empty when none is near. */
    public static Optional<String> of(String name, Collection<String> known) {
        return allOf(name, known, 1).stream().findFirst();
    }

    /**
     * Returns the known names that are near {@code name}, nearest first, at most {@code limit} of them; equally near
     * ones in alphabetical order.
     */
    public static List<String> allOf(String name, Collection<String> known, int limit) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int reach = Math.max(1, name.length() / 3);
        return known.stream()
                .map(candidate -> new Scored(candidate, score(wanted, candidate.toLowerCase(Locale.ROOT), reach)))
                .filter(scored -> scored.distance() <= reach)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(limit)
                .map(Scored::name)
                .toList();
    }

    /** The distance; a name that goes on after the wanted one ({@code gpt-5.2} for {@code gpt-5}) is just near. */
    private static int score(String wanted, String candidate, int reach) {
        boolean tooLong = candidate.length() > LONGEST || Math.abs(candidate.length() - wanted.length()) > reach;
        int distance = tooLong ? Integer.MAX_VALUE : distance(wanted, candidate);
        return distance > reach && wanted.length() >= SHORTEST_BEGINNING && candidate.startsWith(wanted)
                ? reach
                : distance;
    }

    /** Optimal string alignment distance, kept in the last three rows of its matrix. */
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        Arrays.setAll(last, column -> column);
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && swapped(from, to, i, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }

    private static boolean swapped(String from, String to, int i, int j) {
        return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }

    private record Scored(String name, int distance) {}
}
