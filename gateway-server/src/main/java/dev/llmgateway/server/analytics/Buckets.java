package dev.llmgateway.server.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time cut into buckets. The first and the last are as long as the time allows, so that all together are the whole time.
 *
 * @param edges where they begin and end, rising; one more than there are buckets
 */
record Buckets(Bucket bucket, ZoneId zone, List<Instant> edges) {

    /** The parameters that they are read from. */
    static final String BUCKET = "bucket";

    static final String ZONE = "tz";

    /** A day of minutes, and some more. */
    static final int MOST = 1_500;

    private static final String AUTO = "auto";

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    /** Times up to so long have these buckets when nobody chooses. */
    private enum Automatic {
        MINUTES(Duration.ofHours(2), Bucket.MINUTE),
        HOURS(Duration.ofDays(2), Bucket.HOUR),
        DAYS(Duration.ofDays(93), Bucket.DAY),
        WEEKS(Duration.ofDays(731), Bucket.WEEK);

        private final Duration longest;
        private final Bucket bucket;

        Automatic(Duration longest, Bucket bucket) {
            this.longest = longest;
            this.bucket = bucket;
        }
    }

    /**
     * What parameters say of buckets.
     *
     * @param chosen null to choose by the length of the time
     */
    record Wish(@Nullable Bucket chosen, ZoneId zone) {

        static Wish of(Parameters parameters) {
            List<String> words = new ArrayList<>(Bucket.WORDS);
            words.add(AUTO);
            String word = parameters.choice(BUCKET, words);
            boolean isChosen = word != null && !word.equals(AUTO);
            return new Wish(isChosen ? Bucket.values()[Bucket.WORDS.indexOf(word)] : null, zone(parameters));
        }

        private static ZoneId zone(Parameters parameters) {
            String name = parameters.given(ZONE);
            if (name == null) {
                return ZoneId.of("UTC");
            }
            if (!ZONES.contains(name)) {
                throw Parameters.wrong(
                        ZONE, "must be a time zone as the IANA database names it, such as Europe/Berlin or UTC");
            }
            return ZoneId.of(name);
        }

        /**
         * The buckets of a time.
         *
         * @throws dev.llmgateway.ir.codec.InvalidRequestFormatException when there would be more than {@link #MOST}
         */
        Buckets cut(Instant from, Instant to) {
            Duration time = Duration.between(from, to);
            Bucket bucket = chosen == null ? automatic(time) : chosen;
            if (bucket.fitInto(time) > MOST) {
                throw tooMany(bucket);
            }
            List<Instant> edges = new ArrayList<>();
            edges.add(from);
            Instant next = bucket.next(from, zone);
            while (next.isBefore(to)) {
                edges.add(next);
                next = bucket.next(next, zone);
            }
            edges.add(to);
            if (edges.size() > MOST + 1) {
                throw tooMany(bucket);
            }
            return new Buckets(bucket, zone, edges);
        }

        private static RuntimeException tooMany(Bucket bucket) {
            return Parameters.wrong(
                    BUCKET,
                    "must be longer than a " + bucket.word() + ", or the period shorter: a period may have from 1 to "
                            + MOST + " buckets");
        }
    }

    private static Bucket automatic(Duration time) {
        for (Automatic step : Automatic.values()) {
            if (time.compareTo(step.longest) <= 0) {
                return step.bucket;
            }
        }
        return Bucket.MONTH;
    }

    int size() {
        return edges.size() - 1;
    }

    /** The moment of an edge, as RFC 3339 writes it, by the clocks of the zone. */
    String edge(int index) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(edges.get(index).atZone(zone));
    }
}
