package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Match;

/** A finding of a track. It is open while its end has not been read yet. Not thread safe. */
final class Found {

    private final Match match;
    private final SaltedHash.Running value;
    private int end;
    private boolean open = true;

    Found(Match match, SaltedHash.Running value) {
        this.match = match;
        this.value = value;
        end = match.start();
    }

    Match match() {
        return match;
    }

    int start() {
        return match.start();
    }

    /** Where it ends as far as is known, exclusive. */
    int end() {
        return end;
    }

    boolean open() {
        return open;
    }

    /** It reaches as far as {@code to}; the characters begin at {@code from} of the array. */
    void reaches(int to, char[] chars, int from) {
        value.add(chars, from, to - end);
        end = to;
    }

    void close() {
        open = false;
    }

    Finding finding() {
        return new Finding(match.kind(), match.rule(), match.start(), end, match.confidence(), value.text());
    }
}
