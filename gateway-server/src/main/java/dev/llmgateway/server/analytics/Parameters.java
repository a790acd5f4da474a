package dev.llmgateway.server.analytics;

import dev.llmgateway.ir.codec.InvalidRequestFormatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address, each given once and known. Whatever is wrong is an {@link InvalidRequestFormatException} that
 * names the parameter and what would be right.
 */
final class Parameters {

    private static final int LONGEST_VALUE = 512;
    private static final Instant FIRST_MOMENT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Those of an address.
     *
     * @param known all that it may have
     */
    static Parameters of(Map<String, List<String>> values, List<String> known) {
        values.forEach((name, given) -> {
            if (!known.contains(name)) {
                throw wrong("query", "has a parameter that is not known: known are " + String.join(", ", known));
            }
            if (given.size() > 1) {
                throw wrong(name, "must be given once, not " + given.size() + " times");
            }
        });
        return new Parameters(values);
    }

    static InvalidRequestFormatException wrong(String name, String what) {
        return new InvalidRequestFormatException(name, what);
    }

    /** The value as it was given; null when it was not. */
    @Nullable
    String given(String name) {
        List<String> given = values.get(name);
        return given == null ? null : given.getFirst();
    }

    /** A text that calls may have, without control characters, which none of them has and not every store can compare. */
    @Nullable
    String text(String name) {
        String text = given(name);
        if (text == null) {
            return null;
        }
        if (text.isEmpty() || text.length() > LONGEST_VALUE) {
            throw wrong(name, "must have from 1 to " + LONGEST_VALUE + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(name, "must not have control characters");
        }
        return text;
    }

    /** One of some words; null when it was not given. */
    @Nullable
    String choice(String name, List<String> words) {
        String text = given(name);
        if (text != null && !words.contains(text)) {
            throw wrong(name, "must be one of " + String.join(", ", words));
        }
        return text;
    }

    /** A whole number from 1. */
    int number(String name, int usual, int highest) {
        String text = given(name);
        if (text == null) {
            return usual;
        }
        int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > highest) {
            throw wrong(name, "must be a whole number from 1 to " + highest);
        }
        return number;
    }

    /** A moment, to the microsecond, as calls are kept; null when it was not given. */
    @Nullable
    Instant moment(String name) {
        String text = given(name);
        if (text == null) {
            return null;
        }
        try {
            // An address has a blank for a plus sign that was not written as %2B.
            Instant moment = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (isMoment(moment)) {
                return ceiling(moment);
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw wrong(name, "must be a moment as RFC 3339 writes it, such as 2026-11-22T12:00:00Z");
    }

    /** Whether it is in the years from 1 to 9999, which texts can say and every store can keep. */
    static boolean isMoment(Instant moment) {
        return !moment.isBefore(FIRST_MOMENT) && !moment.isAfter(LAST_MOMENT);
    }

    /** Calls begin at whole microseconds: those from this moment on are those from the next whole one on. */
    private static Instant ceiling(Instant moment) {
        Instant whole = moment.truncatedTo(ChronoUnit.MICROS);
        return whole.equals(moment) ? whole : whole.plus(1, ChronoUnit.MICROS);
    }
}
