package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Match;
import dev.llmgateway.compliance.detect.Tail;
import dev.llmgateway.compliance.detect.Window;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text from left to right, asks detectors at their anchors, and believes the first that says yes.
 *
 * <p>When a detector reads past what has arrived, the track stops at that anchor and asks again later. So each verdict is made of
 * the same characters wherever the pieces end, and nothing after the anchor is judged before it.
 */
final class AnchorTrack implements Track {

    private final DetectorSet detectors;
    private final KeywordAutomaton automaton;
    private final Window window;
    private final Queue<Found> findings = new ArrayDeque<>();

    /** The next character to read, and the state before it. */
    private int position;

    private int state;

    /** The next of the current state's hits to ask; -1 while no anchor is under question. */
    private int asked = -1;

    /** Where the last finding ends; the next cannot begin before. */
    private int cleared;

    private @Nullable Found open;
    private int tailState;

    AnchorTrack(DetectorSet detectors, Window window) {
        this.detectors = detectors;
        this.automaton = detectors.automaton();
        this.window = window;
    }

    @Override
    public void advance() {
        while (closeOpenFinding() && findAnchor()) {
            if (!askDetectors()) {
                return;
            }
        }
    }

    @Override
    public int decided() {
        return open != null ? open.end() : Math.max(cleared, window.undecidedFrom(position));
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
        return position - Window.LOOK_BEHIND - Window.REACH;
    }

    /** Reads on to the end of the next anchor; false when the text at hand has none. */
    private boolean findAnchor() {
        if (asked >= 0) {
            return true;
        }
        char[] chars = window.chars();
        int base = window.base();
        int i = position - base;
        int end = window.end() - base;
        int firstHit = automaton.firstHit();
        int reached = state;
        while (i < end) {
            reached = automaton.next(reached, chars[i++]);
            if (reached >= firstHit) {
                asked = 0;
                break;
            }
        }
        state = reached;
        position = base + i;
        return asked >= 0;
    }

    /** Asks at the anchor that ends here; false when more text is needed for an answer. */
    private boolean askDetectors() {
        KeywordAutomaton.Hit[] hits = automaton.hits(state);
        for (; asked < hits.length; asked++) {
            window.ask(position);
            Match match = detectors.ask(hits[asked], window, position);
            if (window.starved()) {
                return false;
            }
            if (match != null && open(match)) {
                break;
            }
        }
        asked = -1;
        return true;
    }

    /** Begins a finding, later than the match says if what is before is decided already; false when nothing of it is left. */
    private boolean open(Match match) {
        int start = Math.max(match.start(), Math.max(cleared, window.runStart(position)));
        if (start >= match.end()) {
            return false;
        }
        Found found = new Found(match.from(start), detectors.hash().start());
        found.reaches(match.end(), window.chars(), start - window.base());
        findings.add(found);
        open = found;
        tailState = 0;
        position = match.end();
        return true;
    }

    /** Swallows the rest of the open finding; false when its end has not arrived. */
    private boolean closeOpenFinding() {
        if (open == null) {
            return true;
        }
        Tail tail = open.match().tail();
        if (tail != null && !swallow(open, tail)) {
            return false;
        }
        open.close();
        cleared = open.end();
        position = cleared;
        state = 0;
        open = null;
        return true;
    }

    private boolean swallow(Found found, Tail tail) {
        int i = position;
        boolean stopped = false;
        int solid = found.end();
        while (i < window.end() && !stopped) {
            int next = tail.next(tailState, window.chars()[i - window.base()]);
            stopped = next == Tail.STOP;
            if (!stopped) {
                tailState = next;
                i++;
                solid = tail.belongs(next) ? i : solid;
            }
        }
        found.reaches(solid, window.chars(), found.end() - window.base());
        boolean over = stopped || window.finished();
        position = over ? solid : i;
        return over;
    }
}
