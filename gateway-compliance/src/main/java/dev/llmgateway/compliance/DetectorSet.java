package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Detector;
import dev.llmgateway.compliance.detect.Kind;
import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The detectors of a scanner, ready to be asked. Immutable. */
final class DetectorSet {

    private final KeywordAutomaton all;
    private final KeywordAutomaton specific;
    private final Set<Kind> wanted;
    private final Exceptions exceptions;
    private final SaltedHash hash;

    /**
     * @param wanted the kinds that count; what a detector says of others is not heard
     */
    DetectorSet(List<Detector> detectors, Set<Kind> wanted, Exceptions exceptions, SaltedHash hash) {
        this.all = new KeywordAutomaton(detectors);
        this.specific = new KeywordAutomaton(
                detectors.stream().filter(Detector::specific).toList());
        this.wanted = wanted;
        this.exceptions = exceptions;
        this.hash = hash;
    }

    KeywordAutomaton automaton() {
        return all;
    }

    SaltedHash hash() {
        return hash;
    }

    /** What a detector says at an anchor that ends at {@code to}; worth nothing when the window has starved. */
    @Nullable
    Match ask(KeywordAutomaton.Hit hit, Window window, int to) {
        Match match = hit.detector().match(window, to - hit.length(), to);
        if (match == null || window.starved()) {
            return null;
        }
        Match named = match.generic() ? named(match, window) : match;
        boolean counts = wanted.contains(named.kind()) && (exceptions.isEmpty() || !excepted(named, window));
        return counts ? named : null;
    }

    /** A value that only its surroundings gave away, under the name of the form that it has, if it has one. */
    private Match named(Match match, Window window) {
        int state = 0;
        for (int i = match.start(); i < match.end(); i++) {
            state = specific.next(state, window.at(i));
            if (state >= specific.firstHit()) {
                for (KeywordAutomaton.Hit hit : specific.hits(state)) {
                    Match found = hit.detector().match(window, i + 1 - hit.length(), i + 1);
                    if (found != null && found.start() >= match.start()) {
                        return match.as(found);
                    }
                }
            }
        }
        return match;
    }

    private boolean excepted(Match match, Window window) {
        int longest = match.start() + exceptions.longest();
        int end = match.end();
        Tail tail = match.tail();
        int state = 0;
        for (int i = end; tail != null && state != Tail.STOP && i <= longest; i++) {
            char c = window.at(i);
            state = c == Window.NONE ? Tail.STOP : tail.next(state, c);
            end = state != Tail.STOP && tail.belongs(state) ? i + 1 : end;
        }
        return end <= longest && exceptions.covers(match, window.slice(match.start(), end));
    }
}
