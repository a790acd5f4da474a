package dev.llmgateway.server.http;

import dev.llmgateway.server.analytics.TableFormat;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses by {@code Accept} (RFC 9110, section 12.5.1) between JSON and the formats of tables. A header that none of them fits
 * gets JSON, as one that is missing does, unless it refuses JSON.
 */
final class AcceptedFormat {

    /** A format and what fits it. Null is JSON. */
    private record Offer(@Nullable TableFormat format, List<String> types) {}

    private static final List<Offer> OFFERS = List.of(
            new Offer(null, List.of("application/json", "application/*", "*/*")),
            new Offer(TableFormat.CSV, List.of("text/csv", "text/*", "*/*")),
            new Offer(
                    TableFormat.JSON_LINES,
                    List.of(
                            "application/x-ndjson",
                            "application/jsonl",
                            "application/ndjson",
                            "application/*",
                            "*/*")));

    /**
     * How much an offer is wanted.
     *
     * @param quality from 0, not at all, to 1
     * @param isNamed whether the header names it, and not only all of a sort
     * @param place where in the header
     */
    private record Match(Offer offer, double quality, boolean isNamed, int place) {

        static final Comparator<Match> BEST_FIRST = Comparator.comparing(Match::quality)
                .thenComparing(Match::isNamed)
                .reversed()
                .thenComparing(Match::place);
    }

    /** A part of the header. */
    private record Range(String type, double quality) {

        static Range of(String text) {
            String[] parts = text.split(";", -1);
            double quality = Stream.of(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("q="))
                    .findFirst()
                    .map(part -> quality(part.substring(2)))
                    .orElse(1.0);
            return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
        }

        private static double quality(String text) {
            try {
                return Math.clamp(Double.parseDouble(text), 0, 1);
            } catch (NumberFormatException e) {
                return 1;
            }
        }
    }

    private AcceptedFormat() {}

    /**
     * The format that is wanted most; null for JSON.
     *
     * @param headers all of the name, null when there can be none
     * @throws HttpRefusal when nothing that there is may be sent
     */
    static @Nullable TableFormat of(@Nullable Enumeration<String> headers) {
        List<Range> ranges = headers == null
                ? List.of()
                : Collections.list(headers).stream()
                        .flatMap(header -> Stream.of(header.split(",", -1)))
                        .map(Range::of)
                        .toList();
        List<Match> matches =
                OFFERS.stream().flatMap(offer -> match(offer, ranges).stream()).toList();
        Optional<Match> best =
                matches.stream().filter(match -> match.quality > 0).min(Match.BEST_FIRST);
        if (best.isEmpty() && matches.stream().anyMatch(match -> match.offer.format == null)) {
            throw HttpRefusal.notAcceptable("must allow one of application/json, text/csv and application/x-ndjson");
        }
        return best.map(match -> match.offer.format).orElse(null);
    }

    /** What the header says of an offer: the range that fits it most closely counts. */
    private static Optional<Match> match(Offer offer, List<Range> ranges) {
        for (String type : offer.types) {
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                if (range.type.equals(type)) {
                    return Optional.of(new Match(offer, range.quality, !type.endsWith("*"), i));
                }
            }
        }
        return Optional.empty();
    }
}
