package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Window;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one pattern. A place is judged once all characters have arrived that a match from there could have, so the verdict is
 * the same wherever the pieces end; each look is at a bounded stretch, so the time is proportional to the text.
 */
final class PatternTrack implements Track {

    /**
     * How many places are searched at once: many, so that what is searched twice at the edges does not count; few after a place at
     * which a match seemed to begin but did not, so that it costs little when the next places deceive, too.
     */
    private static final int LONGEST_STRIDE = 512;

    private static final int SHORTEST_STRIDE = 8;

    private static final String RULE = "pattern";

    private final OwnPattern pattern;
    private final Exceptions exceptions;
    private final SaltedHash hash;
    private final Window window;
    private final Queue<Found> findings = new ArrayDeque<>();

    /** The first place that is not judged. */
    private int position;

    private int stride = LONGEST_STRIDE;

    PatternTrack(OwnPattern pattern, Exceptions exceptions, SaltedHash hash, Window window) {
        this.pattern = pattern;
        this.exceptions = exceptions;
        this.hash = hash;
        this.window = window;
    }

    @Override
    public void advance() {
        int limit = window.finished() ? window.end() : window.end() - pattern.maxLength() + 1;
        while (position < limit) {
            int stop = wholeCharacter(Math.min(limit, position + stride));
            if (stop <= position) {
                return;
            }
            int candidate = pattern.mayBegin(text(position, stop - 1 + pattern.maxLength()));
            if (candidate < 0 || position + candidate >= stop) {
                position = stop;
                stride = Math.min(LONGEST_STRIDE, 2 * stride);
            } else {
                judge(position + candidate);
            }
        }
    }

    @Override
    public int decided() {
        return position;
    }

    @Override
    public @Nullable Found peek() {
        return findings.peek();
    }

    @Override
    public void take() {
        findings.remove();
    }

    @Override
    public int needsFrom() {
        return position - 1;
    }

    private void judge(int start) {
        int before = Math.min(start, 1);
        String stretch = text(start - before, stretchEnd(start));
        int length = pattern.length(stretch, before);
        if (length == 0) {
            position = wholeCharacter(start + 1) == start ? start + 2 : start + 1;
            stride = SHORTEST_STRIDE;
            return;
        }
        position = start + length;
        Match match = new Match(pattern.kind(), RULE, 1, start, position);
        if (!exceptions.covers(match, stretch.substring(before, before + length))) {
            Found found = new Found(match, hash.start());
            found.reaches(position, window.chars(), start - window.base());
            found.close();
            findings.add(found);
        }
    }

    /** A stretch of full length does not end with the first half of a pair of surrogates. */
    private int stretchEnd(int start) {
        int end = start + pattern.maxLength();
        if (end > window.end()) {
            return window.end();
        }
        return Character.isHighSurrogate(at(end - 1)) ? end - 1 : end;
    }

    /** The place itself, or the one before when it lies within a pair of surrogates, or may do so. */
    private int wholeCharacter(int place) {
        boolean pairMayFollow = place > window.base() && Character.isHighSurrogate(at(place - 1));
        boolean follows = place < window.end() ? Character.isLowSurrogate(at(place)) : !window.finished();
        return pairMayFollow && follows ? place - 1 : place;
    }

    private char at(int place) {
        return window.chars()[place - window.base()];
    }

    private String text(int from, int to) {
        return new String(window.chars(), from - window.base(), Math.min(to, window.end()) - from);
    }
}
