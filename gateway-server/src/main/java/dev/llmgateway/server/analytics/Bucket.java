package dev.llmgateway.server.analytics;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A part of the calendar. Where it begins is a matter of a time zone: a day is from one midnight there to the next, so it has 23
 * or 25 hours when clocks change; weeks begin on Mondays. Where a change of clocks cuts an hour, its parts are hours.
 */
enum Bucket {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7)),
    MONTH(Duration.ofDays(31));

    /** The words of all. */
    static final List<String> WORDS = Arrays.stream(values()).map(Bucket::word).toList();

    private final Duration length;

    Bucket(Duration length) {
        this.length = length;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** About how many of these a time has, at least. */
    long fitInto(Duration time) {
        return time.dividedBy(length);
    }

    /** The first begin of one of these after a moment. */
    Instant next(Instant moment, ZoneId zone) {
        return switch (this) {
            case MINUTE, HOUR -> nextOfClock(moment, zone);
            case DAY -> nextDate(moment, zone, day -> day.plusDays(1));
            case WEEK -> nextDate(moment, zone, day -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
            case MONTH -> nextDate(moment, zone, day -> day.with(TemporalAdjusters.firstDayOfNextMonth()));
        };
    }

    /** The next moment at which the clocks of the zone show a whole hour or minute, or are changed. */
    private Instant nextOfClock(Instant moment, ZoneId zone) {
        long size = length.toSeconds();
        long offset = zone.getRules().getOffset(moment).getTotalSeconds();
        long local = moment.getEpochSecond() + offset;
        Instant next = Instant.ofEpochSecond(Math.floorDiv(local, size) * size + size - offset);
        ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
        return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    /** The next begin of a date; of those that a change of clocks at midnight takes back again, the first. */
    private static Instant nextDate(Instant moment, ZoneId zone, UnaryOperator<LocalDate> next) {
        LocalDate date = next.apply(LocalDate.ofInstant(moment, zone));
        Instant begin = date.atStartOfDay(zone).toInstant();
        while (!begin.isAfter(moment)) {
            date = next.apply(date);
            begin = date.atStartOfDay(zone).toInstant();
        }
        return begin;
    }
}
