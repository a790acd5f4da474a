package dev.llmgateway.compliance;

import dev.llmgateway.compliance.detect.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One text on its way through the detectors, in any number of pieces. Text is released once every enforcing track has judged it;
 * watching tracks hold nothing back. Findings of several tracks that overlap become one, named by the one that begins first. Not
 * thread safe.
 */
final class TextScan {

    /** What becomes of the text. */
    interface Sink {

        /** Text that belongs to no finding. The array is valid during the call only. */
        void text(char[] chars, int from, int length);

        /** Here is a finding; its text is left out. It is certain, but may be open still. */
        void opened(Found found);

        /** Characters of the finding that was opened last. The array is valid during the call only. */
        void leftOut(char[] chars, int from, int length);

        /** Here is another finding that overlaps the one that was opened and becomes a part of it. */
        void joined(Found found);

        /** The whole of a finding has been read. */
        void closed(Finding finding);

        /** A watching track has found something; its text is not left out. */
        default void watched(Finding finding) {}
    }

    /** A text of any length is looked at in pieces of this size, so that the memory is bounded. */
    private static final int PIECE = 32_768;

    private final Window window;
    private final List<Track> enforcing;
    private final List<Track> watching;
    private final Sink sink;

    /** Everything before this place has been released or left out. */
    private int released;

    /** Findings that overlap and stand for one; empty between findings. */
    private final List<Found> region = new ArrayList<>();

    TextScan(Window window, List<Track> enforcing, List<Track> watching, Sink sink) {
        this.window = window;
        this.enforcing = enforcing;
        this.watching = watching;
        this.sink = sink;
    }

    void accept(CharSequence text) {
        for (int from = 0; from < text.length(); from += PIECE) {
            window.append(text, from, Math.min(text.length(), from + PIECE));
            look();
        }
    }

    /** Nothing more comes: everything is decided now. */
    void finish() {
        window.finish();
        look();
    }

    /** How many characters have arrived and wait for a verdict. */
    int held() {
        return window.end() - released;
    }

    private void look() {
        for (Track track : watching) {
            track.advance();
            report(track);
        }
        for (Track track : enforcing) {
            track.advance();
        }
        release();
        window.forgetBefore(needsFrom());
    }

    private void report(Track track) {
        for (Found found = track.peek(); found != null && !found.open(); found = track.peek()) {
            sink.watched(found.finding());
            track.take();
        }
    }

    private void release() {
        int limit = wholeCharacters(decided());
        while (true) {
            Track next = earliest();
            int start = next == null ? Integer.MAX_VALUE : first(next).start();
            if (!region.isEmpty()) {
                if (next != null && start < regionEnd(limit)) {
                    sink.joined(first(next));
                    join(next);
                } else if (!leaveRegion(limit)) {
                    return;
                }
            } else if (next == null || start >= limit) {
                text(limit);
                return;
            } else {
                text(start);
                sink.opened(first(next));
                join(next);
            }
        }
    }

    private void join(Track track) {
        region.add(first(track));
        track.take();
    }

    /** Leaves the region's text out as far as it is judged; false when its end is not. */
    private boolean leaveRegion(int limit) {
        int end = regionEnd(Integer.MAX_VALUE);
        int judged = Math.min(end, limit);
        if (judged > released) {
            sink.leftOut(window.chars(), released - window.base(), judged - released);
            released = judged;
        }
        if (end > limit) {
            return false;
        }
        Finding finding = region.getFirst().finding();
        sink.closed(finding.at(finding.start(), end));
        region.clear();
        return true;
    }

    private int regionEnd(int limit) {
        int end = 0;
        for (Found found : region) {
            end = Math.max(end, found.open() ? limit : found.end());
        }
        return Math.min(end, limit);
    }

    private void text(int to) {
        if (to > released) {
            sink.text(window.chars(), released - window.base(), to - released);
            released = to;
        }
    }

    private @Nullable Track earliest() {
        Track earliest = null;
        int start = Integer.MAX_VALUE;
        for (Track track : enforcing) {
            Found found = track.peek();
            if (found != null && found.start() < start) {
                earliest = track;
                start = found.start();
            }
        }
        return earliest;
    }

    private static Found first(Track track) {
        return Objects.requireNonNull(track.peek(), "a track that has found something");
    }

    private int decided() {
        int decided = window.end();
        for (Track track : enforcing) {
            decided = Math.min(decided, track.decided());
        }
        return decided;
    }

    /** The place itself, or the one before when it lies within a pair of surrogates. */
    private int wholeCharacters(int limit) {
        boolean pairMayFollow = limit > released
                && Character.isHighSurrogate(window.chars()[limit - 1 - window.base()])
                && !(window.finished() && limit == window.end());
        return pairMayFollow ? limit - 1 : limit;
    }

    private int needsFrom() {
        int from = released;
        for (Track track : enforcing) {
            from = Math.min(from, track.needsFrom());
        }
        for (Track track : watching) {
            from = Math.min(from, track.needsFrom());
        }
        return from;
    }
}
