package dev.llmgateway.server.analytics;

import dev.llmgateway.ir.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time whose calls are told of: from its first moment to before its last.
 *
 * @param from null for the begin of the first call that is kept
 */
record Period(@Nullable Instant from, Instant to) {

    /** The parameters that it is read from. */
    static final String FROM = "from";

    static final String TO = "to";
    static final String LENGTH = "period";

    /** How long a period is whose begin is not given. */
    enum Length {
        DAY("24h", Duration.ofDays(1)),
        WEEK("7d", Duration.ofDays(7)),
        MONTH("30d", Duration.ofDays(30)),
        ALL("all", null);

        private static final List<String> WORDS =
                Arrays.stream(values()).map(length -> length.word).toList();

        private final String word;
        private final @Nullable Duration time;

        Length(String word, @Nullable Duration time) {
            this.word = word;
            this.time = time;
        }

        private @Nullable Instant before(Instant end) {
            return time == null ? null : end.minus(time);
        }
    }

    /**
     * The period that parameters mean.
     *
     * @param now a period whose end is not given ends just after this
     * @param usual the length of a period of which nothing is given
     */
    static Period of(Parameters parameters, Instant now, Length usual) {
        Instant from = parameters.moment(FROM);
        Instant end = parameters.moment(TO);
        String word = parameters.choice(LENGTH, Length.WORDS);
        Instant to = end == null ? now.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS) : end;
        if (from == null) {
            Length length = word == null ? usual : Length.values()[Length.WORDS.indexOf(word)];
            return new Period(length.before(to), to);
        }
        if (word != null) {
            throw Parameters.wrong(LENGTH, "must not be given together with \"from\": it ends at \"to\", or now");
        }
        if (!from.isBefore(to)) {
            throw Parameters.wrong(
                    FROM,
                    "must be before " + (end == null ? "now" : "\"to\"")
                            + "; calls from \"from\" to before \"to\" are meant");
        }
        return new Period(from, to);
    }

    /** Writes both ends as members; the first is null when the period begins with the first call. */
    void write(JsonWriter json) {
        json.textOrNull(FROM, from == null ? null : from.toString()).text(TO, to.toString());
    }

    /** When it begins: as it was given, or with its first call, or, without any, as long before its end as is usual. */
    Instant begin(@Nullable Instant firstCall) {
        if (from != null) {
            return from;
        }
        return firstCall == null ? to.minus(1, ChronoUnit.DAYS) : firstCall;
    }
}
