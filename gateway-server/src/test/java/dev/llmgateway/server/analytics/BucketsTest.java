package dev.llmgateway.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A time is cut where the calendar of its zone says, and nothing of it is lost. */
class BucketsTest {

    private static final String BERLIN = "Europe/Berlin";

    private static Buckets cut(String bucket, String zone, String from, String to) {
        return wish(bucket, zone).cut(Instant.parse(from), Instant.parse(to));
    }

    private static Buckets.Wish wish(String bucket, String zone) {
        return Buckets.Wish.of(
                Parameters.of(Map.of("bucket", List.of(bucket), "tz", List.of(zone)), List.of("bucket", "tz")));
    }

    private static List<Long> hours(Buckets buckets) {
        List<Long> hours = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            hours.add(Duration.between(buckets.edges().get(i), buckets.edges().get(i + 1))
                    .toHours());
        }
        return hours;
    }

    @Test
    void theFirstAndTheLastAreAsLongAsTheTimeAllows() {
        Buckets buckets = cut("hour", "UTC", "2026-11-22T10:20:00Z", "2026-11-22T12:10:00Z");

        assertThat(buckets.edges())
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-11-22T10:20:00Z", "2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z", "2026-11-22T12:10:00Z");
    }

    @Test
    void daysAreThoseOfTheZoneAlsoWhenClocksChange() {
        Buckets spring = cut("day", BERLIN, "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z");
        Buckets autumn = cut("day", BERLIN, "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z");

        assertThat(hours(spring)).containsExactly(24L, 23L, 24L);
        assertThat(hours(autumn)).containsExactly(24L, 25L, 24L);
        assertThat(spring.edge(1)).isEqualTo("2026-03-29T00:00:00+01:00");
        assertThat(spring.edge(2)).isEqualTo("2026-03-30T00:00:00+02:00");
    }

    @Test
    void theHourThatComesTwiceIsTwoHours() {
        Buckets buckets = cut("hour", BERLIN, "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z");

        assertThat(buckets.edge(0)).isEqualTo("2026-10-25T02:00:00+02:00");
        assertThat(buckets.edge(1)).isEqualTo("2026-10-25T02:00:00+01:00");
        assertThat(buckets.size()).isEqualTo(2);
    }

    @Test
    void hoursOfZonesOfHalfHoursBeginWhenTheirClocksShowThem() {
        Buckets buckets = cut("hour", "Asia/Kolkata", "2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z");

        assertThat(buckets.edges()).contains(Instant.parse("2026-11-22T10:30:00Z"));
    }

    @Test
    void aDayThatAZoneLeftOutIsNoBucket() {
        Buckets buckets = cut("day", "Pacific/Apia", "2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z");

        assertThat(buckets.edge(1)).isEqualTo("2011-12-31T00:00:00+14:00");
        assertThat(hours(buckets)).containsExactly(24L, 24L, 24L);
    }

    @Test
    void aMidnightThatIsLeftOutOrComesTwiceEndsADayOnce() {
        assertThat(hours(cut("day", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-05T02:00:00Z")))
                .containsExactly(24L, 23L);
        assertThat(cut("day", "America/St_Johns", "2010-11-06T02:30:00Z", "2010-11-08T03:30:00Z")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void weeksBeginOnMondaysAndMonthsOnTheFirst() {
        assertThat(cut("week", "UTC", "2026-11-19T00:00:00Z", "2026-12-01T00:00:00Z")
                        .edges())
                .contains(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2026-11-30T00:00:00Z"))
                .hasSize(4);
        assertThat(cut("month", BERLIN, "2026-01-15T00:00:00Z", "2026-03-15T00:00:00Z")
                        .edges())
                .contains(Instant.parse("2026-01-31T23:00:00Z"), Instant.parse("2026-02-28T23:00:00Z"))
                .hasSize(4);
    }

    @Test
    void autoChoosesByTheLengthOfTheTime() {
        assertThat(auto(Duration.ofHours(2))).isEqualTo(Bucket.MINUTE);
        assertThat(auto(Duration.ofHours(24))).isEqualTo(Bucket.HOUR);
        assertThat(auto(Duration.ofDays(7))).isEqualTo(Bucket.DAY);
        assertThat(auto(Duration.ofDays(30))).isEqualTo(Bucket.DAY);
        assertThat(auto(Duration.ofDays(365))).isEqualTo(Bucket.WEEK);
        assertThat(auto(Duration.ofDays(3_650))).isEqualTo(Bucket.MONTH);
    }

    private static Bucket auto(Duration time) {
        Instant from = Instant.parse("2026-11-22T12:00:00Z");
        return wish("auto", "UTC").cut(from, from.plus(time)).bucket();
    }

    @Test
    void tooManyBucketsAreRefusedBeforeTheyAreMade() {
        assertThatThrownBy(() -> cut("minute", "UTC", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"))
                .isInstanceOf(InvalidRequestFormatException.class)
                .hasMessageContaining("bucket: must be longer than a minute")
                .hasMessageContaining("from 1 to 1500 buckets");
        assertThat(cut("minute", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T01:00:00Z")
                        .size())
                .isEqualTo(1_500);
        assertThatThrownBy(() -> cut("minute", "UTC", "2026-01-01T00:00:30Z", "2026-01-02T01:00:30Z"))
                .isInstanceOf(InvalidRequestFormatException.class);
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList());
    }

    @Property
    void edgesRiseFromTheFirstMomentToTheLastInEveryZone(
            @ForAll("zones") String zone,
            @ForAll Bucket bucket,
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long from,
            @ForAll @LongRange(min = 1, max = 100_000_000) long length) {
        Instant begin = Instant.ofEpochSecond(from);
        long time =
                bucket == Bucket.MINUTE ? length % 80_000 + 1 : bucket == Bucket.HOUR ? length % 4_000_000 + 1 : length;
        Instant end = begin.plusSeconds(time);

        Buckets buckets = wish(bucket.word(), zone).cut(begin, end);

        assertThat(buckets.edges()).startsWith(begin).endsWith(end);
        for (int i = 0; i < buckets.size(); i++) {
            assertThat(buckets.edges().get(i)).isBefore(buckets.edges().get(i + 1));
        }
    }

    /** Where buckets begin does not depend on where the time does. */
    @Property
    void theSameEdgesAreFoundFromEveryMomentBefore(
            @ForAll("zones") String zone,
            @ForAll Bucket bucket,
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long at,
            @ForAll @LongRange(min = 0, max = 1_000_000) long part) {
        ZoneId there = ZoneId.of(zone);
        Instant moment = Instant.ofEpochSecond(at);
        Instant next = bucket.next(moment, there);
        Instant between = moment.plusSeconds(
                part % Math.max(1, Duration.between(moment, next).toSeconds()));

        assertThat(bucket.next(between, there)).isEqualTo(next);
        if (bucket == Bucket.DAY && next.atZone(there).toLocalTime().equals(LocalTime.MIDNIGHT)) {
            assertThat(next.minusNanos(1).atZone(there).toLocalDate())
                    .isBefore(next.atZone(there).toLocalDate());
        }
    }
}
