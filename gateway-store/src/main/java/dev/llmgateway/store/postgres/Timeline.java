package dev.llmgateway.store.postgres;

import dev.llmgateway.api.records.RecordQuery;
import dev.llmgateway.api.records.RecordSums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the wanted periods into the longest spans that there are sums of. What remains are ragged spans: the shortest ones in which
 * a period begins or ends, whose calls have to be looked at one by one. All moments here are seconds since 1970.
 */
final class Timeline {

    private final List<Span> spans;
    private final long first;
    private final long end;
    private final List<Piece> pieces = new ArrayList<>();
    private final Set<Long> ragged = new LinkedHashSet<>();

    /** Spans of one length that follow each other. */
    record Piece(Span span, long from, long to, int period) {}

    private Timeline(List<Span> spans, long first, long end) {
        this.spans = spans;
        this.first = first;
        this.end = end;
    }

    /**
     * Cuts.
     *
     * @param spans of which there are sums, the shortest first
     * @param first the begin of the first day that there are sums of
     * @param end of the last one
     */
    static Timeline of(RecordQuery query, RecordSums wanted, List<Span> spans, long first, long end) {
        Timeline timeline = new Timeline(spans, first, end);
        List<Instant> edges = wanted.edges();
        if (edges.isEmpty()) {
            timeline.cut(query.from(), query.to(), 0);
        }
        for (int i = 0; i + 1 < edges.size(); i++) {
            Instant from = query.from() == null || query.from().isBefore(edges.get(i)) ? edges.get(i) : query.from();
            Instant to = query.to() == null || query.to().isAfter(edges.get(i + 1)) ? edges.get(i + 1) : query.to();
            if (from.isBefore(to)) {
                timeline.cut(from, to, i);
            }
        }
        return timeline;
    }

    private void cut(@Nullable Instant from, @Nullable Instant to, int period) {
        Span shortest = spans.getFirst();
        long start = from == null ? first : from.getEpochSecond();
        long stop = to == null ? end : to.getEpochSecond();
        boolean startsRagged = from != null && (from.getNano() > 0 || shortest.floor(start) != start);
        boolean stopsRagged = to != null && (to.getNano() > 0 || shortest.floor(stop) != stop);
        if (startsRagged) {
            addRagged(shortest.floor(start));
        }
        if (stopsRagged) {
            addRagged(shortest.floor(stop));
        }
        long whole = startsRagged ? shortest.floor(start) + shortest.seconds() : start;
        cut(Math.max(whole, first), Math.min(shortest.floor(stop), end), period, 0);
    }

    private void addRagged(long begin) {
        if (begin >= first && begin < end) {
            ragged.add(begin);
        }
    }

    private void cut(long from, long to, int period, int level) {
        if (from >= to) {
            return;
        }
        Span span = spans.get(level);
        boolean isLongest = level + 1 == spans.size();
        long begin = isLongest ? from : spans.get(level + 1).ceil(from);
        long stop = isLongest ? to : spans.get(level + 1).floor(to);
        if (isLongest || begin >= stop) {
            pieces.add(new Piece(span, from, to, period));
            return;
        }
        addPiece(span, from, begin, period);
        cut(begin, stop, period, level + 1);
        addPiece(span, stop, to, period);
    }

    private void addPiece(Span span, long from, long to, int period) {
        if (from < to) {
            pieces.add(new Piece(span, from, to, period));
        }
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The begins of the ragged spans. */
    Set<Long> ragged() {
        return ragged;
    }

    /** Whether so little is left for sums that calls may as well be looked at one by one. */
    boolean isMostlyRagged() {
        long whole =
                pieces.stream().mapToLong(piece -> piece.to() - piece.from()).sum();
        return (long) ragged.size() * spans.getFirst().seconds() > whole;
    }
}
