package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Detector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the anchors of all detectors in one pass, one table look-up a character: the automaton of Aho and Corasick ("Efficient
 * string matching", 1975), made deterministic. Characters that no anchor has share one column. Immutable.
 *
 * <p>A state is the number of its row times the width of the table. Rows in which an anchor ends come last, so that one comparison
 * tells whether there is something to do.
 */
final class KeywordAutomaton {

    /** A detector to ask, and the length of its anchor. */
    record Hit(Detector detector, int length) {}

    private static final int LONGEST = 40;

    /** The first of the full-width digits, which count as digits. */
    private static final char FULL_WIDTH_ZERO = '\uFF10';

    /** As many different characters as a byte can number. */
    private static final int MOST_COLUMNS = 256;

    private static final Hit[] NOTHING = {};

    private final byte[] columns = new byte[Character.MAX_VALUE + 1];
    private final int width;
    private final int[] table;
    private final int firstHit;
    private final Hit[][] hits;

    KeywordAutomaton(List<Detector> detectors) {
        width = numberColumns(detectors);
        Trie trie = new Trie();
        for (Detector detector : detectors) {
            for (String anchor : detector.anchors()) {
                trie.add(checked(anchor, detector), detector);
            }
        }
        trie.close();
        int[] rows = trie.rowsWithHitsLast();
        table = trie.table(rows);
        hits = trie.hits(rows);
        firstHit = trie.plainRows() * width;
    }

    /** The state after {@code c}; the first state is 0. */
    int next(int state, char c) {
        return table[state + (columns[c] & 0xFF)];
    }

    /** States from this one on are those at which an anchor ends. */
    int firstHit() {
        return firstHit;
    }

    /** Whom to ask at this state: longer anchors first, then in the order in which the detectors were given. */
    Hit[] hits(int state) {
        return hits[(state - firstHit) / width];
    }

    private int numberColumns(List<Detector> detectors) {
        int count = 1;
        for (Detector detector : detectors) {
            for (String anchor : detector.anchors()) {
                for (char c : checked(anchor, detector).toCharArray()) {
                    if (columns[c] == 0) {
                        columns[c] = (byte) count;
                        columns[Character.toUpperCase(c)] = (byte) count;
                        count++;
                    }
                }
            }
        }
        if (count > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "the anchors together have more than " + (MOST_COLUMNS - 1) + " different characters");
        }
        for (char digit = '0'; digit <= '9'; digit++) {
            columns[digit - '0' + FULL_WIDTH_ZERO] = columns[digit];
        }
        return count;
    }

    private static String checked(String anchor, Detector detector) {
        boolean good =
                !anchor.isEmpty() && anchor.length() <= LONGEST && anchor.equals(anchor.toLowerCase(Locale.ROOT));
        if (!good) {
            throw new IllegalArgumentException("an anchor has 1 to " + LONGEST + " lower-case characters, this one of "
                    + detector + " is: \"" + anchor + "\"");
        }
        return anchor;
    }

    /** The automaton while it is made. */
    private final class Trie {

        private final List<int[]> children = new ArrayList<>();
        private final List<List<Hit>> ends = new ArrayList<>();

        Trie() {
            node();
        }

        void add(String anchor, Detector detector) {
            int node = 0;
            for (char c : anchor.toCharArray()) {
                int column = columns[c] & 0xFF;
                if (children.get(node)[column] == 0) {
                    children.get(node)[column] = node();
                }
                node = children.get(node)[column];
            }
            ends.get(node).add(new Hit(detector, anchor.length()));
        }

        /** Fills every gap with where the longest suffix goes on, nearest to the root first. */
        void close() {
            int[] suffix = new int[children.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int node = queue.remove();
                int[] here = children.get(node);
                int[] behind = children.get(suffix[node]);
                for (int column = 0; column < width; column++) {
                    int child = here[column];
                    if (child == 0) {
                        here[column] = node == 0 ? 0 : behind[column];
                    } else {
                        suffix[child] = node == 0 ? 0 : behind[column];
                        ends.get(child).addAll(ends.get(suffix[child]));
                        queue.add(child);
                    }
                }
            }
            ends.forEach(it -> it.sort(Comparator.comparing(Hit::length).reversed()));
        }

        int plainRows() {
            return (int) ends.stream().filter(List::isEmpty).count();
        }

        int[] rowsWithHitsLast() {
            int[] rows = new int[ends.size()];
            int plain = 0;
            int hit = plainRows();
            for (int node = 0; node < rows.length; node++) {
                rows[node] = ends.get(node).isEmpty() ? plain++ : hit++;
            }
            return rows;
        }

        int[] table(int[] rows) {
            int[] filled = new int[rows.length * width];
            for (int node = 0; node < rows.length; node++) {
                for (int column = 0; column < width; column++) {
                    filled[rows[node] * width + column] = rows[children.get(node)[column]] * width;
                }
            }
            return filled;
        }

        Hit[][] hits(int[] rows) {
            Hit[][] filled = new Hit[rows.length - plainRows()][];
            Arrays.fill(filled, NOTHING);
            for (int node = 0; node < rows.length; node++) {
                if (!ends.get(node).isEmpty()) {
                    filled[rows[node] - plainRows()] = ends.get(node).toArray(NOTHING);
                }
            }
            return filled;
        }

        private int node() {
            children.add(new int[width]);
            ends.add(new ArrayList<>());
            return children.size() - 1;
        }
    }
}
